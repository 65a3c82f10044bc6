package io.gander.game;

import static io.gander.game.States.assertSameArrays;
import static io.gander.game.States.assertSameBits;
import static io.gander.game.States.changed;
import static io.gander.game.States.copy;
import static io.gander.game.States.restore;
import static io.gander.game.States.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.Networks;
import io.gander.architecture.Architectures;
import io.gander.data.Dataset;
import io.gander.data.Examples;
import io.gander.data.Loader;
import io.gander.data.Split;
import io.gander.layer.Output;
import io.gander.modality.Codec;
import io.gander.network.Model;
import io.gander.network.Network;
import io.gander.objective.NonSaturating;
import io.gander.objective.Objective;
import io.gander.recipe.Recipe;
import io.gander.tensor.Draws;
import io.gander.tensor.Engine;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseGameTest {
    private static final Dataset DISCS = new Discs(512);
    private static final List<Split> DATA = List.of(Split.none(DISCS));

    @BeforeAll
    static void useOneThread() {
        Engine.threads(1); // networks this small lose by more
    }

    /** With seeds 1 to 8 the means came 25 to 90 times closer, and the deviations 3 to 8 times. */
    @Test
    void aTinyTrainingLearnsWhatThePicturesHaveInCommon() {
        Recipe recipe = recipe("mlp")
                .with("generator.latent", 2)
                .with("generator.hidden", "[64, 64]")
                .with("discriminator.hidden", "[64, 64]")
                .with("discriminator.activation", "leaky-relu")
                .with("train.steps", 1500)
                .with("train.batch", 64)
                .with("train.ema", 0.98)
                .with("train.generator.lr", "5e-4")
                .with("train.discriminator.lr", "4e-3");
        Moments data = Moments.of(DISCS);
        try (Game game = GameOptions.of(recipe).create(recipe, DATA)) {
            Moments before = Moments.of(game.sample(512), 512);
            for (int step = 1; step <= recipe.train().steps(); step++) {
                assertThat(game.play(step, false).losses().values()).allMatch(Double::isFinite);
            }
            Moments after = Moments.of(game.sample(512), 512);

            assertThat(after.meanError(data)).as("means").isLessThan(before.meanError(data) / 10);
            assertThat(after.deviationError(data)).as("deviations").isLessThan(before.deviationError(data) / 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "dcgan", "dcgan-keras"})
    void theSameRecipeGivesTheSameBits(String architecture) {
        try (Game first = GameOptions.of(recipe(architecture)).create(recipe(architecture), DATA);
                Game second = GameOptions.of(recipe(architecture)).create(recipe(architecture), DATA)) {
            Map<String, float[]> start = copy(first.state().tensors());
            for (int step = 1; step <= 5; step++) {
                Round round = first.play(step, true);
                assertThat(second.play(step, true)).isEqualTo(round);
            }
            first.settle();
            second.settle();
            assertSameBits(second.state().tensors(), copy(first.state().tensors()));
            assertThat(changed(start, first.state().tensors()))
                    .as("the rounds moved everything")
                    .isEqualTo(start.size());
            assertThat(Cells.pixels(second.sample(9))).isEqualTo(Cells.pixels(first.sample(9)));
        }
    }

    /** As many bright as dark ones, of which the labels tell. */
    private static final class Labelled implements Dataset {
        @Override
        public String name() {
            return "labelled";
        }

        @Override
        public int count() {
            return 400;
        }

        @Override
        public Codec codec() {
            return DISCS.codec();
        }

        @Override
        public List<String> labels() {
            return List.of("dark", "bright");
        }

        @Override
        public int label(int index) {
            return index < 100 ? 0 : 1; // in order, and not equally many
        }

        @Override
        public void read(int index, byte[] target, int offset) {
            int brightness = 128 * label(index) + index % 100; // 0…99 and 128…227
            Arrays.fill(target, offset, offset + codec().bytes(), (byte) brightness);
        }

        @Override
        public String fingerprint() {
            return "labelled";
        }
    }

    @Test
    void diversityIsThatWithinClasses() {
        Dataset data = new Labelled();
        Recipe recipe = recipe("mlp").with("objective.labels", "projection").with("train.ema", 0);
        try (Game game = GameOptions.of(recipe).create(recipe, List.of(Split.none(data)));
                Scope scope = Scope.open()) {
            Tensor some = Examples.byClass(data, 50);
            assertThat(some.shape()).containsExactly(100, 1, Discs.SIDE, Discs.SIDE);
            assertThat(some.mean(1, 2, 3).toArray())
                    .usingComparatorWithPrecision(1e-5f)
                    .startsWith(0, 128 / 255f, 1 / 255f, 129 / 255f);

            double lively = value(game.measures(), "diversity");
            try (NoGrad off = NoGrad.open()) { // the latents: the class alone decides
                value(game.state().tensors(), "generator.1.0.weight")
                        .narrow(1, 0, 8)
                        .fill(0);
            }
            assertThat(lively).isGreaterThan(0.05);
            assertThat(value(game.measures(), "diversity")).isLessThan(1e-3);
        }
    }

    @Test
    void anotherSeedGivesAnotherRun() {
        try (Game first = GameOptions.of(recipe("mlp")).create(recipe("mlp"), DATA);
                Game second = GameOptions.of(recipe("mlp").with("train.seed", 2))
                        .create(recipe("mlp").with("train.seed", 2), DATA)) {
            assertThat(second.play(1, false)).isNotEqualTo(first.play(1, false));
            assertThat(Cells.pixels(second.sample(9))).isNotEqualTo(Cells.pixels(first.sample(9)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "dcgan", "dcgan-keras"})
    void aGameThatGoesOnFromASavedStateGivesTheSameBits(String architecture) {
        try (Game straight = GameOptions.of(recipe(architecture)).create(recipe(architecture), DATA);
                Game resumed = GameOptions.of(recipe(architecture)).create(recipe(architecture), DATA)) {
            resumed.play(77, false); // whatever it did before must not matter
            for (int step = 1; step <= 3; step++) {
                straight.play(step, false);
            }
            restore(straight.state().tensors(), resumed.state().tensors());
            for (int step = 4; step <= 6; step++) {
                straight.play(step, true);
            }
            for (int step = 4; step <= 6; step++) {
                resumed.play(step, true);
            }
            assertSameBits(resumed.state().tensors(), copy(straight.state().tensors()));
        }
    }

    @Test
    void lookingDoesNotDisturb() {
        try (Game watched = GameOptions.of(recipe("mlp")).create(recipe("mlp"), DATA);
                Game alone = GameOptions.of(recipe("mlp")).create(recipe("mlp"), DATA)) {
            for (int step = 1; step <= 3; step++) {
                watched.play(step, true);
                byte[] sample = Cells.pixels(watched.sample(5));
                assertThat(Cells.pixels(watched.sample(5)))
                        .as("the same latents every time")
                        .isEqualTo(sample);
                alone.play(step, false);
            }
            alone.settle();
            assertSameBits(alone.state().tensors(), copy(watched.state().tensors()));
        }
    }

    private static NoiseOptions by(Objective objective, NoiseOptions rules) {
        return new NoiseOptions(
                objective,
                rules.regularisers(),
                rules.discriminatorSteps(),
                rules.packing(),
                rules.unrolled(),
                rules.unrolledRate(),
                rules.instanceNoise(),
                rules.labels(),
                rules.auxiliary(),
                rules.embedding(),
                rules.augment(),
                rules.guard(),
                rules.measureEvery(),
                rules.classifier());
    }

    @Test
    void theDiscriminatorMovesOnceARoundAndStandsStillForTheGenerator() {
        Recipe recipe = recipe("mlp");
        Player generator = player("generator", Networks.generator(recipe), recipe);
        Player discriminator = player("discriminator", Networks.discriminator(recipe), recipe);
        Spy spy = new Spy(discriminator.model());
        NoiseOptions rules = (NoiseOptions) recipe.rules();
        NoiseOptions spied = by(spy, rules);
        Codec codec = DISCS.codec().within(Architectures.generator(recipe).output());
        Ema ema = new Ema(generator, 0, i -> Tensor.zeros(1), Draws.of(1));
        Batches batches = new Batches(
                new Loader(DISCS, codec, 16, 1), Architectures.generator(recipe).latent(), 0);
        try (Game game = new NoiseGame(
                generator,
                discriminator,
                ema,
                new Augment(rules.augment(), Output.SIGMOID),
                batches,
                new Samples(ema, discriminator.model(), batches, codec, 1, 0, null),
                spied,
                recipe.train())) {
            Map<String, float[]> last = copy(discriminator.model().weights());
            for (int step = 1; step <= 3; step++) {
                game.play(step, false);
                assertSameArrays(spy.atItsOwnMove, last);
                Map<String, float[]> now = copy(discriminator.model().weights());
                assertThat(changed(last, discriminator.model().weights())).isEqualTo(last.size());
                assertSameArrays(spy.atTheGeneratorsMove, now);
                last = now;
            }
        }
    }

    @Test
    void theAverageFollowsTheGenerator() {
        double decay = 0.9;
        Recipe recipe = recipe("mlp").with("train.ema", decay);
        try (Game game = GameOptions.of(recipe).create(recipe, DATA)) {
            Map<String, float[]> expected = new LinkedHashMap<>();
            copy(game.state().tensors()).forEach((name, values) -> {
                if (name.startsWith("generator.")) {
                    expected.put(name, values); // it starts as the generator does
                }
            });
            assertThat(expected).hasSize(14);
            for (int step = 1; step <= 4; step++) {
                game.play(step, false);
                double early = Math.min(decay, (1.0 + step) / (10.0 + step));
                Map<String, float[]> state = copy(game.state().tensors());
                expected.forEach((name, average) -> {
                    if (name.contains("running_")) {
                        return; // measured afresh, not averaged: ModelTest looks at that
                    }
                    float[] live = value(state, name);
                    for (int i = 0; i < average.length; i++) {
                        average[i] = (float) (early * average[i] + (1 - early) * live[i]);
                    }
                    assertThat(value(state, "ema." + name.substring("generator.".length())))
                            .as(name)
                            .usingComparatorWithPrecision(1e-6F)
                            .containsExactly(average);
                });
            }
        }
    }

    @Test
    void theSampleComesFromTheAverage() {
        Recipe recipe = recipe("mlp").with("train.ema", 0.9);
        try (Game game = GameOptions.of(recipe).create(recipe, DATA)) {
            game.play(1, false);
            byte[] sample = Cells.pixels(game.sample(8));
            try (NoGrad off = NoGrad.open()) {
                game.state().tensors().forEach((name, tensor) -> {
                    if (name.startsWith("generator.")) {
                        tensor.fill(0);
                    }
                });
            }
            assertThat(Cells.pixels(game.sample(8))).isEqualTo(sample);
        }
    }

    @Test
    void withoutAnAverageThereIsNoneInTheState() {
        try (Game game = GameOptions.of(recipe("mlp").with("train.ema", 0))
                .create(recipe("mlp").with("train.ema", 0), DATA)) {
            assertThat(game.state().tensors().keySet()).noneMatch(name -> name.startsWith("ema."));
        }
    }

    @Test
    void theStateHoldsBothPlayersAndTheirOptimisers() {
        try (Game game = GameOptions.of(recipe("dcgan")).create(recipe("dcgan"), DATA)) {
            assertThat(game.state().tensors().keySet())
                    .contains(
                            "generator.1.weight",
                            "generator.2.running_mean",
                            "discriminator.0.weight",
                            "optimizer.generator.mean.1.weight",
                            "optimizer.generator.square.1.weight",
                            "optimizer.discriminator.mean.0.weight",
                            "ema.1.weight")
                    .doesNotContain("optimizer.generator.mean.2.running_mean");
        }
    }

    @Test
    void aRoundReportsLossesAndWhatWasMeasured() {
        try (Game game = GameOptions.of(recipe("mlp")).create(recipe("mlp"), DATA)) {
            Round plain = game.play(1, false);
            assertThat(plain.losses().keySet()).containsExactly("discriminator", "generator");
            assertThat(plain.metrics()).isEmpty();

            Round measured = game.play(2, true);
            assertThat(measured.metrics().keySet())
                    .containsExactly("d_real", "d_fake", "grad_discriminator", "grad_generator");
            assertThat(measured.metrics().get("d_real")).isBetween(0.0, 1.0);
            assertThat(measured.metrics().get("d_fake")).isBetween(0.0, 1.0);
            assertThat(measured.metrics().get("grad_discriminator"))
                    .isPositive()
                    .isFinite();
            assertThat(measured.metrics().get("grad_generator")).isPositive().isFinite();
        }
    }

    @Test
    void saysWhoPlays() {
        try (Game game = GameOptions.of(recipe("mlp")).create(recipe("mlp"), DATA)) {
            // 8·16 + 16 + 2·16 + 16·16 + 16 + 2·16 + 16·64 + 64, and 64·16 + 16 + 16·16 + 16 + 16 + 1.
            assertThat(game.describe())
                    .isEqualTo(
                            "generator 1,568 parameters · discriminator 1,329 parameters · discs 512 pictures 1×8×8");
        }
    }

    /** Small enough for a laptop's breath: 8×8 pictures, a few thousand weights. */
    private static Recipe recipe(String architecture) {
        String options = architecture.equals("mlp") ? "hidden: [16, 16]" : "width: 4";
        String yaml = """
                data: {size: 8, channels: 1}
                generator: {architecture: %s, latent: 8, %s}
                discriminator: {architecture: %s, %s}
                train:
                  steps: 10
                  batch: 16
                  ema: 0.5
                  generator: {lr: 2e-3}
                  discriminator: {lr: 2e-3}
                """.formatted(architecture, options, architecture, options);
        return Recipe.parse("tiny", yaml, "tiny.yaml", StandardCatalogue.INSTANCE);
    }

    private static Player player(String name, Network network, Recipe recipe) {
        return new Player(name, Model.create(network, 1), recipe.train().generator(), 10);
    }

    /** Notes the discriminator's weights as each player is about to move. */
    private static final class Spy implements Objective {
        private final Objective real = new NonSaturating(0);
        private final Model discriminator;
        private Map<String, float[]> atItsOwnMove = Map.of();
        private Map<String, float[]> atTheGeneratorsMove = Map.of();

        Spy(Model discriminator) {
            this.discriminator = discriminator;
        }

        @Override
        public DiscriminatorLoss discriminator(Critic critic, Tensor x, Tensor fake) {
            atItsOwnMove = copy(discriminator.weights());
            return real.discriminator(critic, x, fake);
        }

        @Override
        public Tensor generator(Critic critic, Tensor x, Tensor fake) {
            atTheGeneratorsMove = copy(discriminator.weights());
            Tensor loss = real.generator(critic, x, fake);
            assertThatThrownBy(() -> Tensor.gradients(loss, discriminator.parameters(), false))
                    .as("no gradient reaches the discriminator")
                    .isInstanceOf(RuntimeException.class);
            return loss;
        }
    }

    /**
     * What pictures have in common.
     *
     * @param mean of each pixel, 0…255
     * @param deviation the standard deviation of each pixel
     */
    private record Moments(double[] mean, double[] deviation) {
        static Moments of(Dataset dataset) {
            byte[] pixels = new byte[dataset.count() * dataset.codec().bytes()];
            for (int i = 0; i < dataset.count(); i++) {
                dataset.read(i, pixels, i * dataset.codec().bytes());
            }
            return of(pixels, dataset.count());
        }

        /** Of the first samples of a sheet. */
        static Moments of(BufferedImage sheet, int count) {
            ByteArrayOutputStream pixels = new ByteArrayOutputStream();
            Cells.of(sheet, Discs.SIDE, Discs.SIDE).subList(0, count).forEach(pixels::writeBytes);
            return of(pixels.toByteArray(), count);
        }

        private static Moments of(byte[] pixels, int count) {
            int size = pixels.length / count;
            double[] mean = new double[size];
            double[] deviation = new double[size];
            for (int i = 0; i < size; i++) {
                double sum = 0;
                double squares = 0;
                for (int n = 0; n < count; n++) {
                    double v = pixels[n * size + i] & 255;
                    sum += v;
                    squares += v * v;
                }
                mean[i] = sum / count;
                deviation[i] = Math.sqrt(Math.max(0, squares / count - mean[i] * mean[i]));
            }
            return new Moments(mean, deviation);
        }

        /** How far the pixels' means are apart, on ema. */
        double meanError(Moments other) {
            return distance(mean, other.mean);
        }

        /** How far the pixels' deviations are apart, on ema. */
        double deviationError(Moments other) {
            return distance(deviation, other.deviation);
        }

        private static double distance(double[] a, double[] b) {
            return IntStream.range(0, a.length)
                    .mapToDouble(i -> Math.abs(a[i] - b[i]))
                    .average()
                    .orElseThrow();
        }
    }
}
