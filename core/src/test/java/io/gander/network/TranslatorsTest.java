package io.gander.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.recipe.Recipe;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The generators from pictures to pictures, and the discriminators that judge them. */
class TranslatorsTest {
    @ParameterizedTest
    @CsvSource({
        "unet, '', 1, 32",
        "unet, 'downs: 3, norm: instance, resize-conv: true', 1, 40",
        "encoder-decoder, 'bottleneck: 20', 1, 64",
        "resnet, 'blocks: 2', 1, 20",
        "resnet, 'blocks: 2, norm: batch, resize-conv: true, dropout: 0.5', 1, 24",
        "srresnet, 'blocks: 2', 4, 11",
        "srresnet, 'blocks: 2, scale: 3, batch-norm: false', 3, 9",
        "rrdb, 'blocks: 1, growth: 3', 4, 7",
        "rrdb, 'blocks: 1, growth: 3, scale: 2', 2, 8",
    })
    void theEngineRunsWhatWasForetold(String name, String options, int scale, int side) {
        Recipe recipe = recipe(name, "width: 4" + (options.isEmpty() ? "" : ", ") + options, "patchgan", "");
        TranslatorArchitecture architecture = Architectures.translator(recipe);
        Network network = Architectures.translatorNetwork(recipe, Shape.of(3, side, side));

        assertThat(architecture.scale()).isEqualTo(scale);
        assertThat(network.name()).isEqualTo("generator " + name);
        assertThat(network.output()).isEqualTo(Shape.of(3, scale * side, scale * side));
        assertThat(network.weights()).map(WeightSpec::name).doesNotHaveDuplicates();
        try (Model model = Model.create(network, 1);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            assertThat(model.apply(Tensor.randn(2, 3, side, side), true).shape())
                    .isEqualTo(network.output().batch(2));
            int multiple = architecture.multiple(network.input());
            if (multiple > 0) {
                int height = 2 * multiple * (16 / multiple + 1);
                int width = multiple * (16 / multiple + 1);
                assertThat(model.apply(Tensor.randn(1, 3, height, width), false).shape())
                        .isEqualTo(Shape.of(3, scale * height, scale * width).batch(1));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "unet, '', 256, 54413955",
        "encoder-decoder, '', 128, 14035907",
        "resnet, '', 256, 11378179",
        "srresnet, '', 24, 1548547",
        "rrdb, '', 24, 16697987",
    })
    void generatorsHaveTheSizesOfTheirSources(String name, String options, int side, long parameters) {
        Recipe recipe = recipe(name, options, "patchgan", "");
        assertThat(Architectures.translatorNetwork(recipe, Shape.of(3, side, side))
                        .parameters())
                .isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource({
        "patchgan, '', 6, 256, 2768705",
        "patchgan, 'norm: instance', 3, 256, 2764737",
        "srgan, '', 3, 96, 23563649",
    })
    void discriminatorsHaveTheSizesOfTheirSources(
            String name, String options, int channels, int side, long parameters) {
        Recipe recipe = recipe("unet", "", name, options);
        assertThat(Architectures.discriminatorNetwork(recipe, Shape.of(channels, side, side))
                        .parameters())
                .isEqualTo(parameters);
    }

    @Test
    void discriminatorsRun() {
        for (String name : new String[] {"patchgan", "srgan"}) {
            Recipe recipe = recipe("unet", "", name, "width: 4");
            Network network = Architectures.discriminatorNetwork(recipe, Shape.of(6, 32, 32));
            try (Model model = Model.create(network, 1);
                    Scope scope = Scope.open();
                    NoGrad off = NoGrad.open()) {
                assertThat(model.apply(Tensor.randn(2, 6, 32, 32), true).shape())
                        .isEqualTo(network.output().batch(2));
            }
        }
    }

    private static Recipe recipe(String generator, String options, String discriminator, String more) {
        String yaml = """
                data: {size: 64, channels: 3}
                generator: {architecture: %s%s}
                discriminator: {architecture: %s%s}
                train: {steps: 1}
                """.formatted(generator, comma(options), discriminator, comma(more));
        return Recipe.parse("mine", yaml, "mine.yaml", new Architectures());
    }

    private static String comma(String options) {
        return options.isEmpty() ? "" : ", " + options;
    }
}
