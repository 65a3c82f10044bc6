package io.gander.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Argument;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.jspecify.annotations.Nullable;

/**
 * A convolution for inference, on the CPU: its kernel is laid out once as the processor's routines want it, and what comes
 * behind it is computed in the same pass. The engine's operations for that ({@code mkldnn::_convolution_pointwise} and its
 * like) are not among the Java presets' functions, so they are called through the dispatcher. Owns native memory until closed.
 */
public final class PackedConvolution implements AutoCloseable {
    /** A function of each element of the result. */
    public enum Then {
        NONE("none"),
        RELU("relu"),
        SIGMOID("sigmoid"),
        TANH("tanh");

        private final String name;

        Then(String name) {
            this.name = name;
        }
    }

    private static final long[] ONES = {1, 1};

    private final OperatorHandle operator;

    /** Everything but what goes in, in the operator's order. */
    private final List<IValue> arguments;

    private PackedConvolution(OperatorHandle operator, IValue... arguments) {
        this.operator = operator;
        this.arguments = List.of(arguments);
        operator.retainReference();
        this.arguments.forEach(IValue::retainReference);
    }

    /** Whether this machine's engine has the operations. */
    public static boolean isAvailable() {
        return Engine.device().equals("cpu") && Context.hasMKLDNN();
    }

    /**
     * As {@link Tensor#conv2d(Tensor, Tensor, int, int, int)}.
     *
     * @param kernel [out, in / groups, k, k]
     * @param bias [out]
     * @param input the shape that it will mostly see, [n, in, h, w]; others work too
     */
    public static PackedConvolution of(
            Tensor kernel, @Nullable Tensor bias, int stride, int padding, int groups, Then then, long... input) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            OperatorHandle pack = find("_reorder_convolution_weight");
            OperatorHandle operator = find("_convolution_pointwise");
            org.bytedeco.pytorch.Tensor packed = call(
                    pack,
                    new IValue(kernel.raw),
                    integers(pack, 1, padding, padding),
                    integers(pack, 2, stride, stride),
                    integers(pack, 3, ONES),
                    new IValue((long) groups),
                    integers(operator, 3, input));
            return new PackedConvolution(
                    operator,
                    new IValue(packed),
                    optional(bias),
                    integers(operator, 3, padding, padding),
                    integers(operator, 4, stride, stride),
                    integers(operator, 5, ONES),
                    new IValue((long) groups),
                    new IValue(then.name),
                    none(operator, 8),
                    new IValue(""));
        }
    }

    /**
     * As {@link Tensor#convTranspose2d}.
     *
     * @param kernel [in, out, k, k]
     * @param bias [out]
     * @param input the shape that it will mostly see, [n, in, h, w]; others work too
     */
    public static PackedConvolution transposed(
            Tensor kernel,
            @Nullable Tensor bias,
            int stride,
            int padding,
            int outputPadding,
            Then then,
            long... input) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            OperatorHandle pack = find("_reorder_convolution_transpose_weight");
            OperatorHandle operator = find("_convolution_transpose_pointwise");
            org.bytedeco.pytorch.Tensor packed = call(
                    pack,
                    new IValue(kernel.raw),
                    integers(pack, 1, padding, padding),
                    integers(pack, 2, outputPadding, outputPadding),
                    integers(pack, 3, stride, stride),
                    integers(pack, 4, ONES),
                    new IValue(1L),
                    integers(operator, 3, input));
            return new PackedConvolution(
                    operator,
                    new IValue(packed),
                    optional(bias),
                    integers(operator, 3, padding, padding),
                    integers(operator, 4, outputPadding, outputPadding),
                    integers(operator, 5, stride, stride),
                    integers(operator, 6, ONES),
                    new IValue(1L),
                    new IValue(then.name),
                    none(operator, 9),
                    new IValue(""));
        }
    }

    /** The batch's way through it, without a graph. */
    public Tensor apply(Tensor x) {
        List<IValue> all = new ArrayList<>(arguments.size() + 1);
        all.add(new IValue(x.raw));
        all.addAll(arguments);
        return new Tensor(call(operator, all.toArray(new IValue[0])));
    }

    private static OperatorHandle find(String name) {
        Engine.load();
        return Dispatcher.singleton().findSchemaOrThrow("mkldnn::" + name, "");
    }

    private static org.bytedeco.pytorch.Tensor call(OperatorHandle operator, IValue... arguments) {
        IValueVector stack = new IValueVector(arguments);
        operator.callBoxed(stack);
        return stack.get(0).toTensor(); // the value itself is the stack's, and goes with it
    }

    private static IValue optional(@Nullable Tensor tensor) {
        return tensor == null ? new IValue() : new IValue(tensor.raw);
    }

    /** A list of the type that an operator's argument has: the dispatcher takes no other, even if it is empty. */
    private static IValue integers(OperatorHandle operator, int argument, long... values) {
        Argument arguments = operator.schema().arguments();
        GenericList list =
                new GenericList(arguments.getPointer(argument).type().get().containedType(0));
        for (long value : values) {
            list.push_back(new IValue(value));
        }
        return new IValue(list);
    }

    private static IValue none(OperatorHandle operator, int argument) {
        return integers(operator, argument);
    }

    @Override
    public void close() {
        arguments.forEach(IValue::close);
        operator.close();
    }
}
