package io.gander.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.CatalogueWith;
import io.gander.Gander;
import io.gander.Tiny;
import io.gander.architecture.GeneratorArchitecture;
import io.gander.architecture.Latent;
import io.gander.network.Network;
import io.gander.recipe.Architecture;
import io.gander.recipe.Recipe;
import io.gander.recipe.Section;
import io.gander.run.RunDirectory;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import io.gander.train.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layer's template works; export's tests hold its ONNX against ONNX Runtime. */
class TemplateLayerTest {
    private static final TemplateLayer LAYER = new TemplateLayer();

    @Test
    void dividesByTheRootMeanSquareAndScales() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(new float[] {3, 0, 4, 0}, 1, 2, 2); // the points (3, 4) and (0, 0)
            Tensor weight = Tensor.of(new float[] {1, 2}, 2);

            Tensor y = LAYER.apply(x, new Pass(List.of(weight), true));

            float root = (float) Math.sqrt((9 + 16) / 2.0);
            assertThat(y.shape()).containsExactly(1, 2, 2);
            assertThat(y.toArray()).containsExactly(new float[] {3 / root, 0, 8 / root, 0}, within(1e-5f));
        }
    }

    /** A generator with the layer in it. */
    private record Normalised(Latent latent) implements GeneratorArchitecture {
        @Override
        public Network network(Shape example, int inputs) {
            Layer layers = Layers.sequential(
                    Layers.dense(48),
                    Layers.reshape(3, 4, 4),
                    LAYER,
                    Layers.relu(),
                    Layers.convTranspose(example.channels(), 4, 2, 1),
                    output().activation());
            return new Network("generator with the template", Shape.of(inputs), layers, Initializer.DCGAN);
        }

        @Override
        public Output output() {
            return Output.TANH;
        }
    }

    @Test
    void trains(@TempDir Path folder) {
        Recipe recipe = Recipe.parse(
                "layer",
                """
                data:          {path: %s, size: 8, channels: 1}
                generator:     {architecture: normalised}
                discriminator: {architecture: mlp, hidden: [8]}
                train:         {steps: 3, batch: 4, threads: 1, ema: 0}
                """.formatted(Tiny.quoted(
                        Tiny.pictures(folder.resolve("pictures")).toString())),
                "layer.yaml",
                new CatalogueWith() {
                    @Override
                    public Architecture architecture(Architecture.Role role, Section section) {
                        return role == Architecture.Role.DISCRIMINATOR
                                ? super.architecture(role, section)
                                : normalised(section);
                    }
                });

        Outcome outcome = Gander.train(recipe, folder.resolve("run"));

        assertThat(outcome.step()).isEqualTo(3);
        float[] scale = RunDirectory.open(outcome.run())
                .newestWholeCheckpoint(warning -> {})
                .generator("generator", false)
                .get("2.weight");
        assertThat(scale).hasSize(3).doesNotContain(1).doesNotContain(Float.NaN);
    }

    private static Architecture normalised(Section section) {
        section.text("architecture", null);
        return new Normalised(new Latent(6, Latent.Distribution.NORMAL));
    }
}
