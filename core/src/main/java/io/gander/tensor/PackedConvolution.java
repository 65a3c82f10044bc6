package io.gander.tensor;

import java.util.ArrayList;
import java.util.Collections;
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

    /** The place of the padding among the arguments. */
    private static final int PADDING = 3;

    private final OperatorHandle operator;

    /** Everything but what goes in, in the operator's order. */
    private final List<IValue> arguments;

    private PackedConvolution(OperatorHandle operator, List<IValue> arguments) {
        this.operator = operator;
        this.arguments = List.copyOf(arguments);
        operator.retainReference();
        this.arguments.forEach(IValue::retainReference);
    }

    /** Whether this machine's engine has the operations. */
    public static boolean isAvailable() {
        return Engine.device().equals("cpu") && Context.hasMKLDNN();
    }

    /**
     * As {@link Functional#conv}, over two axes.
     *
     * @param kernel [out, in / groups, k, k]
     * @param bias [out]
     * @param input the shape that it will mostly see, [n, in, h, w]; others work too
     */
    public static PackedConvolution of(
            Tensor kernel, @Nullable Tensor bias, int stride, int padding, int groups, Then then, long... input) {
        return make("_convolution", kernel, bias, groups, then, input, padding, stride, 1);
    }

    /**
     * As {@link Functional#convTranspose}, over two axes.
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
        return make("_convolution_transpose", kernel, bias, 1, then, input, padding, outputPadding, stride, 1);
    }

    /**
     * @param geometry numbers that hold for height and width, in the order of the engine's operations
     */
    private static PackedConvolution make(
            String name, Tensor kernel, @Nullable Tensor bias, int groups, Then then, long[] input, int... geometry) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            OperatorHandle pack = find("_reorder" + name + "_weight");
            OperatorHandle operator = find(name + "_pointwise");
            List<IValue> layout = new ArrayList<>(List.of(new IValue(kernel.raw)));
            List<IValue> arguments = new ArrayList<>();
            for (int value : geometry) {
                layout.add(integers(operator, value, value));
                arguments.add(integers(operator, value, value));
            }
            Collections.addAll(layout, new IValue((long) groups), integers(operator, input));
            Tensor packed = new Tensor(call(pack, layout));
            arguments.addAll(0, List.of(new IValue(packed.raw), bias == null ? new IValue() : new IValue(bias.raw)));
            int scalars = arguments.size() + 3;
            Collections.addAll(
                    arguments,
                    new IValue((long) groups),
                    new IValue(then.name),
                    new IValue(list(operator, scalars)),
                    new IValue(""));
            return new PackedConvolution(operator, arguments);
        }
    }

    /** The batch's way through it, without a graph. */
    public Tensor apply(Tensor x) {
        List<IValue> all = new ArrayList<>(arguments.size() + 1);
        all.add(new IValue(x.raw));
        all.addAll(arguments);
        return new Tensor(call(operator, all));
    }

    private static OperatorHandle find(String name) {
        Engine.load();
        return Dispatcher.singleton().findSchemaOrThrow("mkldnn::" + name, "");
    }

    private static org.bytedeco.pytorch.Tensor call(OperatorHandle operator, List<IValue> arguments) {
        IValueVector stack = new IValueVector(arguments.toArray(new IValue[0]));
        operator.callBoxed(stack);
        // What the stack gives is its own, and goes with it: a tensor may be kept for longer.
        return new org.bytedeco.pytorch.Tensor(stack.get(0).toTensor());
    }

    /** Whole numbers in a list of the type that the padding has. */
    private static IValue integers(OperatorHandle operator, long... values) {
        GenericList list = list(operator, PADDING);
        for (long value : values) {
            list.push_back(new IValue(value));
        }
        return new IValue(list);
    }

    /** An empty list of the type that an argument has: the dispatcher takes no other. */
    private static GenericList list(OperatorHandle operator, int argument) {
        Argument arguments = operator.schema().arguments();
        return new GenericList(arguments.getPointer(argument).type().get().containedType(0));
    }

    @Override
    public void close() {
        arguments.forEach(IValue::close);
        operator.close();
    }
}
