package io.gander.layer;

import io.gander.tensor.Functional;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Sub-pixel upsampling of pictures: factor² channels become factor×factor pixels (Shi et al., 2016).
 *
 * @param factor how many times larger the sides become
 */
public record PixelShuffle(int factor) implements Layer {
    @Override
    public Shape output(Shape input) {
        if (input.axes().size() != 2 || input.channels() % (factor * factor) != 0) {
            throw new ShapeException(
                    this, input, "it wants channels×height×width, and channels in multiples of " + factor * factor);
        }
        return Shape.of(input.channels() / (factor * factor), input.height() * factor, input.width() * factor);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return Functional.pixelShuffle(x, factor);
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        return graph.node("DepthToSpace", List.of(x), Map.of("blocksize", (long) factor, "mode", "CRD"));
    }

    @Override
    public String toString() {
        return "pixelShuffle " + factor;
    }
}
