package io.gander.game;

import static io.gander.game.States.assertSameArrays;
import static io.gander.game.States.copy;
import static io.gander.game.States.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.Raw;
import io.gander.data.Dataset;
import io.gander.data.Split;
import io.gander.recipe.Recipe;
import io.gander.tensor.Engine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PairedGameTest {
    private static final Dataset INVERTED = Raw.discs(64, 16, 1, value -> 255 - value);

    @BeforeAll
    static void useOneThread() {
        Engine.threads(1);
    }

    private static Recipe recipe(String data) {
        return Recipe.parse("tiny", """
                game: paired
                data: {path: a, size: 16, channels: 1, %s}
                generator: {architecture: unet, width: 8, downs: 2, dropout: 0}
                discriminator: {architecture: patchgan, width: 4, layers: 1}
                train: {steps: 10, batch: 8, samples: 4, generator: {lr: 2e-3}, discriminator: {lr: 2e-3}}
                """.formatted(data), "tiny.yaml", StandardCatalogue.INSTANCE);
    }

    private static Recipe inverted() {
        return recipe("pairs: by-name");
    }

    private static Game game(Recipe recipe, Dataset data) {
        return GameOptions.of(recipe).create(recipe, List.of(Split.none(data)));
    }

    @Test
    void aTinyTrainingLearnsToInvert() {
        Recipe recipe = inverted()
                .with("train.steps", 80)
                .with("train.generator.lr", 5e-3)
                .with("train.ema", 0.9);
        try (Game game = game(recipe, INVERTED)) {
            double before = value(game.play(1, false).losses(), "content");
            for (int step = 2; step < 80; step++) {
                game.play(step, false);
            }
            Round last = game.play(80, true);

            assertThat(value(last.losses(), "content")).isLessThan(before / 5);
            assertThat(value(last.metrics(), "psnr")).isGreaterThan(18);
            assertThat(psnr(Cells.of(game.sample(4), 48, 16), 1))
                    .as("the average's")
                    .isGreaterThan(18);
        }
    }

    @Test
    void aTinySuperResolutionIsBetterThanBicubic() {
        Recipe recipe = recipe("flip: true")
                .with(
                        "generator",
                        "{architecture: srresnet, scale: 2, width: 8, blocks: 1, batch-norm: false, bicubic: true}")
                .with("objective.adversarial", 0)
                .with("train.generator.lr", 4e-3)
                .with("train.generator.schedule", "cosine")
                .with("train.steps", 300);
        try (Game game = GameOptions.of(recipe)
                .create(recipe, List.of(Split.of(Raw.discs(200, 16, 1).as(recipe), 10)))) {
            for (int step = 1; step <= 300; step++) {
                game.play(step, false);
            }
            List<byte[]> held = Cells.of(game.sample(4), 48, 16);

            assertThat(psnr(held, 1)).isGreaterThan(psnr(held, 0) + 1);
        }
    }

    /** Of one column of samples against the last, decibels. */
    private static double psnr(List<byte[]> strips, int column) {
        int side = 16;
        double sum = 0;
        for (byte[] strip : strips) {
            for (int i = 0; i < side * side; i++) {
                int at = i / side * 3 * side + i % side;
                double d = (strip[at + column * side] & 255) - (strip[at + 2 * side] & 255);
                sum += d * d;
            }
        }
        return 10 * Math.log10(255.0 * 255 * strips.size() * side * side / sum);
    }

    @Test
    void atFirstTheGeneratorPlaysAlone() {
        try (Game game = game(inverted().with("train.pretrain.steps", 2), INVERTED)) {
            Map<String, float[]> start = discriminator(game);
            for (int step = 1; step <= 2; step++) {
                Round round = game.play(step, true);
                assertThat(round.losses().keySet()).containsExactly("generator");
                assertThat(round.metrics().keySet()).containsExactly("psnr", "grad_generator");
                assertSameArrays(discriminator(game), start);
            }
            Round adversarialStep = game.play(3, true);
            assertThat(adversarialStep.losses().keySet()).containsExactly("content", "discriminator", "generator");
            assertThat(adversarialStep.metrics().keySet())
                    .containsExactly("psnr", "d_real", "d_fake", "grad_discriminator", "grad_generator");
            assertThat(adversarialStep.metrics()).hasEntrySatisfying("grad_discriminator", norm -> assertThat(norm)
                    .isPositive());
            assertThat(game.play(4, false).metrics()).isEmpty();
        }
    }

    @Test
    void withoutAShareInTheGameTheDiscriminatorIsLeftOut() {
        try (Game game = game(inverted().with("objective.adversarial", 0), INVERTED)) {
            Map<String, float[]> start = discriminator(game);
            assertThat(game.play(1, true).losses().keySet()).containsExactly("content", "generator");
            assertSameArrays(discriminator(game), start);
        }
    }

    private static Map<String, float[]> discriminator(Game game) {
        Map<String, float[]> own = new LinkedHashMap<>(copy(game.state().tensors()));
        own.keySet().removeIf(key -> !key.contains("discriminator"));
        assertThat(own).isNotEmpty();
        return own;
    }

    @Test
    void peakSignalToNoiseIsOfTheWholeRange() {
        Recipe recipe = inverted().with("objective", "{pixel: l2, pixel-weight: 1, adversarial: 0}");
        try (Game game = game(recipe, INVERTED)) {
            Round round = game.play(1, true);

            double squares = value(round.losses(), "content"); // of values from −1 to 1
            assertThat(value(round.metrics(), "psnr")).isCloseTo(10 * Math.log10(4 / squares), within(1e-4));
        }
    }

    @Test
    void onlyAConditionalDiscriminatorSeesTheInput() {
        assertThat(seen(inverted())).isEqualTo(2);
        assertThat(seen(inverted().with("objective.conditional", false))).isEqualTo(1);
    }

    private static long seen(Recipe recipe) {
        try (Game game = game(recipe, INVERTED)) {
            game.play(1, false);
            return value(game.state().tensors(), "discriminator.0.weight").shape()[1];
        }
    }

    @Test
    void aSampleShowsInputOutputAndTargetOfWhatWasHeldOut() {
        Split split = Split.of(INVERTED, 10);
        byte[] held = new byte[INVERTED.codec().bytes()];
        try (Game game = GameOptions.of(inverted()).create(inverted(), List.of(split))) {
            List<byte[]> sample = Cells.of(game.sample(3), 48, 16);

            assertThat(sample).hasSize(3);
            int found = 0;
            for (int i = 0; i < split.heldOut().count(); i++) {
                split.heldOut().read(i, held, 0);
                for (int n = 0; n < 3; n++) {
                    boolean same = true;
                    for (int p = 0; p < 256; p++) {
                        int at = p / 16 * 48 + p % 16;
                        same &= sample.get(n)[at] == held[p] && sample.get(n)[at + 32] == held[256 + p];
                    }
                    found += same ? 1 : 0;
                }
            }
            assertThat(found).isEqualTo(3);
            assertThat(Cells.of(game.sample(99), 48, 16)).as("of four").hasSize(4);
        }
    }

    @Test
    void saysWhoPlays() {
        try (Game game = game(inverted(), INVERTED)) {
            assertThat(game.describe())
                    .endsWith(" · raw 64 pairs 1×16×16 · makes the second of the first (data.direction=a-to-b)");
        }
    }
}
