package io.gander.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gander.error.Complaint;
import io.gander.game.StandardCatalogue;
import io.gander.layer.Conv;
import io.gander.layer.Dropout;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.Layers;
import io.gander.layer.Residual;
import io.gander.layer.Shape;
import io.gander.layer.WeightSpec;
import io.gander.network.LivelyModels;
import io.gander.network.Model;
import io.gander.network.Network;
import io.gander.network.Summary;
import io.gander.recipe.Recipe;
import io.gander.tensor.Draws;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
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
            assertThat(model.apply(Draws.of(1).normal(2, 3, side, side), true, Draws.of(2))
                            .shape())
                    .isEqualTo(network.output().batch(2));
            int multiple = architecture.multiple(network.input());
            if (multiple > 0) {
                int height = 2 * multiple * (16 / multiple + 1);
                int width = multiple * (16 / multiple + 1);
                assertThat(model.apply(Draws.of(1).normal(1, 3, height, width), false, Draws.of(2))
                                .shape())
                        .isEqualTo(Shape.of(3, scale * height, scale * width).batch(1));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unet | downs: 0 | 96 | 96 | generator unet cannot halve pictures of 96×96 down to one pixel: set"
                        + " generator.downs to 5 or less, or data.size to 64, 128 or 256.",
                "unet | downs: 6 | 96 | 64 | generator unet cannot halve pictures of 96×64 6 times: set generator.downs to"
                        + " 5 or less, or data.size to 64, 128 or 256.",
                "unet | downs: 2 | 30 | 30 | generator unet cannot halve pictures of 30×30 2 times: set generator.downs to"
                        + " 1, or data.size to 64, 128 or 256.",
                "unet | downs: 1 | 31 | 32 | generator unet cannot halve pictures of 31×32 once: their sides must be"
                        + " even; set data.size to 64, 128 or 256.",
                "encoder-decoder | width: 4 | 96 | 96 | generator encoder-decoder cannot take pictures of 96×96: they must"
                        + " be square, with a side of 4 doubled at least once; set data.size to 64, 128 or 256.",
                "encoder-decoder | width: 4 | 64 | 32 | generator encoder-decoder cannot take pictures of 64×32: they must"
                        + " be square, with a side of 4 doubled at least once; set data.size to 64, 128 or 256.",
                "resnet | width: 4 | 30 | 32 | generator resnet cannot take pictures of 30×32: their sides must be"
                        + " multiples of 4, and at least 8; set data.size to 64, 128 or 256.",
                "resnet | width: 4 | 4 | 4 | generator resnet cannot take pictures of 4×4: their sides must be multiples"
                        + " of 4, and at least 8; set data.size to 64, 128 or 256.",
            })
    void generatorsSayWhichSizesTheyTake(String name, String options, int height, int width, String complaint) {
        Recipe recipe = recipe(name, options, "patchgan", "");

        Complaint.of(() -> Architectures.translatorNetwork(recipe, Shape.of(3, height, width)))
                .isEqualTo(complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "patchgan | layers: 3 | 23 | with 3 layers, since nothing would be left of them: set discriminator.layers"
                        + " to 2 or less.",
                "patchgan | layers: 3 | 11 | with 3 layers, since nothing would be left of them: set discriminator.layers"
                        + " to 1.",
                "patchgan | layers: 1 | 5 | with 1 layer, since nothing would be left of them: the smallest is 6×6; set"
                        + " data.size to 64, 128 or 256.",
                "srgan | width: 4 | 15 | their sides must be at least 16; set data.size to 32, 64, 96 or 128.",
            })
    void discriminatorsSayWhichSizesTheyTake(String name, String options, int side, String end) {
        Recipe recipe = recipe("unet", "", name, options);

        Complaint.of(() -> Architectures.discriminator(recipe).network(Shape.of(3, side, 50)))
                .startsWith("discriminator " + name + " cannot judge pictures of " + side + "×50")
                .endsWith(end);
        assertThat(Architectures.discriminator(recipe)
                        .network(Shape.of(3, 24, 50))
                        .output()
                        .count())
                .isPositive();
    }

    @Test
    void thePapersPatchGanMakesAMapOfThirtyByThirty() {
        Recipe recipe = recipe("unet", "", "patchgan", "");

        assertThat(Architectures.discriminator(recipe)
                        .network(Shape.of(6, 256, 256))
                        .output())
                .isEqualTo(Shape.of(1, 30, 30));
    }

    @Test
    void dropoutFollowsTheThreeInnerWaysUpOfTheDeepestNetwork() {
        assertThat(drops(256)).isEqualTo(3);
        assertThat(drops(128)).isEqualTo(2);
        assertThat(drops(64)).isEqualTo(1);
        assertThat(drops(16)).isEqualTo(1);
        assertThat(drops(4)).isEqualTo(0);
    }

    private static long drops(int side) {
        Network network = Architectures.translatorNetwork(recipe("unet", "", "patchgan", ""), Shape.of(3, side, side));
        return Summary.of(network).rows().stream()
                .filter(row -> row.layer().equals("dropout 0.5, in use too"))
                .count();
    }

    @Test
    void dropoutInUseIsNoiseOfTheDrawsThatAreGiven() {
        assertThat(twice(new Dropout(0.5, true), 1, 2)).isFalse();
        assertThat(twice(new Dropout(0.5, true), 1, 1)).isTrue();
        assertThat(twice(new Dropout(0.5, false), 1, 2)).isTrue();
    }

    private static boolean twice(Dropout dropout, long seed, long other) {
        try (Model model = Model.create(new Network("noise", Shape.of(50), dropout, Initializer.DCGAN), 1);
                Scope scope = Scope.open()) {
            Tensor x = Tensor.full(1, 1, 50);
            return Arrays.equals(
                    model.apply(x, false, Draws.of(seed)).toArray(),
                    model.apply(x, false, Draws.of(other)).toArray());
        }
    }

    @Test
    void dampedBranchesStartSmall() {
        Layer conv = new Conv(64, 3, 1, 1, true);
        Network network = new Network(
                "damped",
                Shape.of(64, 8, 8),
                Layers.sequential(conv, new Residual(Layers.sequential(Layers.residual(conv)), 0.2)),
                Initializer.KAIMING_DAMPED);
        try (Model model = Model.create(network, 1)) {
            Map<String, float[]> weights = LivelyModels.weights(model);
            double limit = 1 / Math.sqrt(576); // 64·3·3 inputs
            assertThat(deviation(weights, "0.weight")).isCloseTo(limit / Math.sqrt(3), withinPercentage(1));
            assertThat(deviation(weights, "0.bias")).isCloseTo(limit / Math.sqrt(3), withinPercentage(20));
            assertThat(deviation(weights, "1.0.0.weight")).isCloseTo(0.1 * limit * Math.sqrt(2), withinPercentage(1));
            assertThat(deviation(weights, "1.0.0.bias")).isZero();
        }
    }

    private static double deviation(Map<String, float[]> weights, String name) {
        double sum = 0;
        float[] values = weights.getOrDefault(name, new float[0]);
        for (float value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum / values.length);
    }

    @Test
    void discriminatorsRun() {
        for (String name : new String[] {"patchgan", "srgan"}) {
            Recipe recipe = recipe("unet", "", name, "width: 4");
            Network network = Architectures.discriminator(recipe).network(Shape.of(6, 32, 32));
            try (Model model = Model.create(network, 1);
                    Scope scope = Scope.open();
                    NoGrad off = NoGrad.open()) {
                assertThat(model.apply(Draws.of(1).normal(2, 6, 32, 32), true).shape())
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
        return Recipe.parse("mine", yaml, "mine.yaml", StandardCatalogue.INSTANCE);
    }

    private static String comma(String options) {
        return options.isEmpty() ? "" : ", " + options;
    }
}
