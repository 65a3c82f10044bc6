package io.gander.tensor;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the pickle of a state dict is made of. These few are all that a file can name, and none of them does more than to
 * hold what it is given.
 */
final class StateObjects {
    private static final String DICT = "collections.OrderedDict";
    private static final String TENSOR = "torch._utils._rebuild_tensor";
    private static final String TENSOR_V2 = "torch._utils._rebuild_tensor_v2";
    private static final String PARAMETER = "torch.nn.parameter.Parameter";
    private static final String FLOATS = "torch.FloatStorage";

    private StateObjects() {}

    /** A name that a pickle gives; nothing is loaded under it. */
    record Global(String name) {}

    /** Floats behind the pickles. */
    record Storage(String key, long count) {}

    /** A part of a storage that is seen as an array; lengths in elements. */
    record View(Storage storage, long offset, long[] sizes, long[] strides) {}

    /** A tensor in the wrapping of early PyTorch, which first made it and then said what is in it. */
    static final class Parameter {
        private @Nullable View view;

        View view() {
            if (view == null) {
                throw new Refusal("it holds an empty parameter");
            }
            return view;
        }
    }

    /** What is wrong with a pickle, in a few words. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refusal(String why) {
            super(why);
        }
    }

    /** What a function makes of its arguments, or a class of what its constructor is given. */
    static Object call(Object function, Object given) {
        String name = as(Global.class, function).name;
        List<?> arguments = as(List.class, given);
        return switch (name) {
            case DICT -> dictionary(arguments);
            case TENSOR, TENSOR_V2 -> view(arguments);
            case PARAMETER -> parameter(arguments);
            default -> throw new Refusal("it wants to call " + shown(name) + ", which is not done");
        };
    }

    static <T> T as(Class<T> kind, Object object) {
        if (!kind.isInstance(object)) {
            throw new Refusal("its pickle makes no state dict");
        }
        return kind.cast(object);
    }

    /** Empty, or, as Python 2 writes it, with a list of pairs. */
    private static Map<Object, Object> dictionary(List<?> arguments) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Object pair : arguments.isEmpty() ? List.of() : as(List.class, arguments.get(0))) {
            List<?> both = as(List.class, pair);
            if (both.size() != 2) {
                throw new Refusal("its pickle makes no state dict");
            }
            map.put(as(String.class, both.get(0)), both.get(1));
        }
        return map;
    }

    private static View view(List<?> arguments) {
        if (arguments.size() < 4) {
            throw new Refusal("it holds a tensor of no shape");
        }
        return new View(
                as(Storage.class, arguments.get(0)),
                number(arguments.get(1)),
                numbers(arguments.get(2)),
                numbers(arguments.get(3)));
    }

    private static Parameter parameter(List<?> arguments) {
        Parameter parameter = new Parameter();
        if (!arguments.isEmpty()) {
            parameter.view = as(View.class, arguments.get(0));
        }
        return parameter;
    }

    /** What is said of an object after it was made. Of a dictionary it is about modules' versions. */
    static void build(Object object, Object state) {
        if (object instanceof Parameter parameter) {
            List<?> parts = as(List.class, state);
            if (!parts.isEmpty() && parts.get(0) instanceof View view) {
                parameter.view = view;
            }
        } else {
            as(Map.class, object);
        }
    }

    /** ("storage", its class, its key, where it was, how many, …). */
    static Storage storage(List<?> id) {
        if (id.size() < 5 || !"storage".equals(id.get(0))) {
            throw new Refusal("it refers to something other than numbers");
        }
        String kind = as(Global.class, id.get(1)).name;
        if (!kind.equals(FLOATS)) {
            throw new Refusal("it holds numbers as " + shown(kind) + ", where " + FLOATS + " is expected");
        }
        return new Storage(as(String.class, id.get(2)), number(id.get(4)));
    }

    private static long[] numbers(Object list) {
        List<?> items = as(List.class, list);
        return items.stream().mapToLong(StateObjects::number).toArray();
    }

    /** A whole number that is not negative. */
    static long number(Object object) {
        BigInteger number = as(BigInteger.class, object);
        if (number.signum() < 0 || number.bitLength() > 62) {
            throw new Refusal("it holds a length that is not possible");
        }
        return number.longValue();
    }

    /** A name from a file, short and without what would confuse a terminal. */
    private static String shown(String name) {
        String plain = name.replaceAll("[^\\w.]", "?");
        return plain.length() > 60 ? plain.substring(0, 60) + "…" : plain;
    }
}
