package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The way into a class-conditional generator: of latents and a class, one-hot, come the latents and the class's embedding.
 *
 * @param latent numbers of noise
 * @param size numbers that a class becomes
 */
public record LabelEmbedding(int latent, int size) implements Layer {
    private static final long TO_THE_END = Long.MAX_VALUE;

    private int classes(Shape input) {
        int classes = input.sizes().get(0) - latent;
        if (input.sizes().size() != 1 || classes < 1) {
            throw new ShapeException(this, input, "it wants " + latent + " latents and a number for each class");
        }
        return classes;
    }

    @Override
    public Shape output(Shape input) {
        classes(input);
        return Shape.of(latent + size);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        return List.of(new WeightSpec(
                "weight", List.of(size, classes(input)), WeightSpec.Role.EMBEDDING, classes(input), size, 1, false));
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        long classes = x.shape()[1] - latent;
        Tensor embedded = x.narrow(1, latent, classes).linear(pass.weight(), null);
        return Tensor.concat(1, x.narrow(1, 0, latent), embedded);
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        String axis = graph.constant(List.of(1L));
        String border = graph.constant(List.of((long) latent));
        String noise = graph.node("Slice", List.of(x, graph.constant(List.of(0L)), border, axis), Map.of());
        String label = graph.node("Slice", List.of(x, border, graph.constant(List.of(TO_THE_END)), axis), Map.of());
        String embedded = graph.node("Gemm", List.of(label, graph.weight()), Map.of("transB", 1L));
        return graph.node("Concat", List.of(noise, embedded), Map.of("axis", 1L));
    }

    @Override
    public String toString() {
        return "labelEmbedding " + size;
    }
}
