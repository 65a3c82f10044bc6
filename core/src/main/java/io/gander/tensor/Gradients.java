package io.gander.tensor;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Differentiation beyond {@link Tensor#gradients}. */
public final class Gradients {
    private Gradients() {}

    /**
     * What flows back to each x if {@code gradient} arrives at y: one pass backward. It keeps y's graph.
     *
     * @param gradient of y's shape
     */
    public static List<Tensor> flowingBack(Tensor y, Tensor gradient, List<Tensor> to) {
        return of(new TensorVector(y.raw), new TensorVector(gradient.raw), to, true, false);
    }

    /** Each tensor less {@code rate} times its gradient: a plain gradient step that can itself be differentiated. */
    public static List<Tensor> moved(List<Tensor> tensors, List<Tensor> gradients, double rate) {
        return IntStream.range(0, tensors.size())
                .mapToObj(i -> tensors.get(i).sub(gradients.get(i).mul(rate)))
                .toList();
    }

    static List<Tensor> of(
            TensorVector of, TensorVector arriving, List<Tensor> to, boolean keepGraph, boolean createGraph) {
        TensorVector gradients =
                torch.grad(of, Tensor.vector(to), arriving, new BoolOptional(keepGraph), createGraph, false);
        return LongStream.range(0, to.size())
                // the vector's own go with it: a gradient may be kept for longer
                .mapToObj(i -> new Tensor(new org.bytedeco.pytorch.Tensor(gradients.get(i))))
                .toList();
    }
}
