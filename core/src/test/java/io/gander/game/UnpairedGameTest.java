package io.gander.game;

import static io.gander.game.States.copy;
import static io.gander.game.States.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Raw;
import io.gander.data.Dataset;
import io.gander.data.Split;
import io.gander.recipe.Recipe;
import io.gander.tensor.Engine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UnpairedGameTest {
    private static final Dataset BRIGHT = Raw.discs(20, 16, 1);
    private static final Dataset DARK = dark();

    @BeforeAll
    static void useOneThread() {
        Engine.threads(1);
    }

    /** Discs of other sizes and places, dark on bright ground. */
    private static Dataset dark() {
        List<byte[]> examples = new ArrayList<>();
        for (byte[] example : Raw.discs(12, 16, 2).examples()) {
            byte[] inverted = example.clone();
            for (int i = 0; i < inverted.length; i++) {
                inverted[i] = (byte) (255 - (inverted[i] & 255));
            }
            examples.add(inverted);
        }
        return new Raw(examples, 1, 1, 16);
    }

    private static Recipe recipe() {
        return Recipe.parse("tiny", """
                game: unpaired
                data: {path: a, second: b, pairs: unpaired, size: 16, channels: 1}
                generator: {architecture: resnet, width: 4, blocks: 1}
                discriminator: {architecture: patchgan, width: 4, layers: 1, norm: instance}
                objective: {pool: 3}
                train: {steps: 10, batch: 2, samples: 6, generator: {lr: 2e-3}, discriminator: {lr: 2e-3}}
                """, "tiny.yaml", StandardCatalogue.INSTANCE);
    }

    private static Game game(Recipe recipe) {
        return GameOptions.of(recipe).create(recipe, List.of(Split.none(BRIGHT), Split.none(DARK)));
    }

    @Test
    void aTinyTrainingFindsItsWayThereAndBack() {
        try (Game game = game(recipe().with("train.steps", 50).with("train.generator.lr", 5e-3))) {
            double before = value(game.play(1, false).losses(), "cycle");
            double after = 0;
            for (int step = 2; step <= 50; step++) {
                double cycle = value(game.play(step, false).losses(), "cycle");
                after += step > 40 ? cycle / 10 : 0;
            }
            assertThat(after).isLessThan(before / 2);
        }
    }

    @Test
    void aRoundReportsLossesAndWhatWasMeasured() {
        try (Game game = game(recipe())) {
            Round plain = game.play(1, false);
            assertThat(plain.losses().keySet())
                    .containsExactly("generator", "cycle", "discriminator", "discriminator_back");
            assertThat(plain.metrics()).isEmpty();
            Round measured = game.play(2, true);
            assertThat(measured.metrics().keySet()).containsExactly("grad_generator", "d_real", "d_fake");
            assertThat(value(measured.metrics(), "grad_generator")).isPositive().isFinite();
        }
    }

    @Test
    void withoutAnAdversaryNobodyJudges() {
        try (Game game = game(recipe().with("objective.adversarial", 0))) {
            Object before = copy(game.state().tensors()).get("discriminator.0.weight");
            Round round = game.play(1, true);
            assertThat(round.losses().keySet()).containsExactly("generator", "cycle");
            assertThat(copy(game.state().tensors()).get("discriminator.0.weight"))
                    .isEqualTo(before);
        }
    }

    @Test
    void theStateHoldsFourPlayersBothPoolsAndBothAverages() {
        try (Game game = game(recipe().with("train.ema", 0.9))) {
            Set<String> kinds = new HashSet<>();
            game.state().tensors().keySet().forEach(key -> kinds.add(key.replaceFirst("\\.\\d.*", "")));
            assertThat(kinds)
                    .containsExactlyInAnyOrder(
                            "generator",
                            "generator-back",
                            "discriminator",
                            "discriminator-back",
                            "optimizer.generator.mean",
                            "optimizer.generator.square",
                            "optimizer.generator-back.mean",
                            "optimizer.generator-back.square",
                            "optimizer.discriminator.mean",
                            "optimizer.discriminator.square",
                            "optimizer.discriminator-back.mean",
                            "optimizer.discriminator-back.square",
                            "pool.generator",
                            "pool.generator-back",
                            "ema",
                            "ema-back");
        }
    }

    @Test
    void bothDirectionsBeginDifferently() {
        try (Game game = game(recipe())) {
            assertThat(copy(game.state().tensors()).get("generator.1.weight"))
                    .isNotEqualTo(copy(game.state().tensors()).get("generator-back.1.weight"));
            assertThat(copy(game.state().tensors()).get("discriminator.0.weight"))
                    .isNotEqualTo(copy(game.state().tensors()).get("discriminator-back.0.weight"));
        }
    }

    @Test
    void thePoolsFillInTheOrderOfTheRounds() {
        try (Game game = game(recipe())) {
            game.play(1, false);
            float[] one = value(copy(game.state().tensors()), "pool.generator");
            assertThat(one).hasSize(3 * 256);
            assertThat(sum(one, 0)).isNotZero();
            assertThat(sum(one, 1)).isNotZero();
            assertThat(sum(one, 2)).as("not there yet").isZero();
            game.play(2, false);
            assertThat(sum(value(copy(game.state().tensors()), "pool.generator"), 2))
                    .isNotZero();
        }
    }

    private static double sum(float[] pool, int place) {
        double sum = 0;
        for (int i = 0; i < 256; i++) {
            sum += Math.abs(pool[place * 256 + i]);
        }
        return sum;
    }

    @Test
    void halfOfTheRowsBeginInEachSet() {
        try (Game game = game(recipe())) {
            List<byte[]> sample = Cells.of(game.sample(5), 48, 16);

            assertThat(sample).hasSize(6);
            for (int n = 0; n < 6; n++) {
                int corner = sample.get(n)[0] & 255;
                assertThat(corner).as("row %s", n).isEqualTo(n < 3 ? 20 : 235);
            }
        }
    }

    @Test
    void saysWhoPlays() {
        try (Game game = game(recipe())) {
            assertThat(game.describe()).endsWith(" · raw 20 pictures 1×16×16");
        }
    }
}
