package io.gander.game;

import static io.gander.game.States.assertSameBits;
import static io.gander.game.States.changed;
import static io.gander.game.States.copy;
import static io.gander.game.States.restore;
import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Raw;
import io.gander.data.Split;
import io.gander.recipe.Recipe;
import io.gander.tensor.Engine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every game from pictures to pictures: the seed says all, the state says all, looking changes nothing. */
class TranslatingGamesTest {
    @BeforeAll
    static void useOneThread() {
        Engine.threads(1); // networks this small lose by more
    }

    /** Every kind of state and of chance that such games have. */
    enum Kind {
        PAIRED_PRETRAINED_WITH_DROPOUT {
            @Override
            Recipe recipe() {
                return tiny("paired", "pairs: by-name, load-size: 20, flip: true")
                        .with("generator.dropout", 0.5)
                        .with("train.pretrain", "{steps: 4, lr: 1e-2, schedule: cosine}")
                        .with("train.generator.schedule", "linear");
            }

            @Override
            List<Split> data() {
                return List.of(
                        Split.none(Raw.discs(11, 20, 1, value -> 255 - value).as(recipe())));
            }
        },
        DEGRADED_WITH_DROPOUT {
            @Override
            Recipe recipe() {
                return tiny("paired", "colour-jitter: 0.2")
                        .with("degrade", "{noise: [5, 30], jpeg: [30, 90], blocks: [0.1, 0.4], block-size: 4}")
                        .with("generator.dropout", 0.5)
                        .with("objective", "{loss: relativistic-average, pixel: l2, conditional: false}");
            }

            @Override
            List<Split> data() {
                return List.of(Split.of(Raw.discs(50, 16, 1).as(recipe()), 20));
            }
        },
        SUPER_RESOLUTION {
            @Override
            Recipe recipe() {
                return tiny("paired", "flip: true")
                        .with("generator", "{architecture: srresnet, scale: 2, width: 4, blocks: 1}")
                        .with("discriminator", "{architecture: srgan, width: 2}");
            }

            @Override
            List<Split> data() {
                return List.of(Split.none(Raw.discs(11, 16, 1).as(recipe())));
            }
        },
        /** Of 4 pictures in each pool, 3 are there when the first half ends. */
        UNPAIRED_WITH_POOL_AND_DROPOUT {
            @Override
            Recipe recipe() {
                return tiny("unpaired", "pairs: unpaired, flip: true")
                        .with("train.batch", 1)
                        .with("objective.pool", 4)
                        .with("generator.dropout", 0.5);
            }

            @Override
            List<Split> data() {
                return List.of(
                        Split.none(Raw.discs(11, 16, 1).as(recipe())),
                        Split.none(Raw.discs(7, 16, 2).as(recipe())));
            }
        };

        abstract Recipe recipe();

        abstract List<Split> data();

        Game game() {
            return GameOptions.of(recipe()).create(recipe(), data());
        }

        private static Recipe tiny(String game, String data) {
            return Recipe.parse("tiny", """
                    game: %s
                    data: {path: a, size: 16, channels: 1, %s}
                    generator: {architecture: unet, width: 4, downs: 3, dropout: 0}
                    discriminator: {architecture: patchgan, width: 4, layers: 1}
                    train:
                      steps: 20
                      batch: 4
                      ema: 0.5
                      samples: 4
                      generator: {lr: 2e-3}
                      discriminator: {lr: 2e-3}
                    """.formatted(game, data), "tiny.yaml", StandardCatalogue.INSTANCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameRecipeGivesTheSameBits(Kind kind) {
        try (Game first = kind.game();
                Game second = kind.game()) {
            Map<String, float[]> start = copy(first.state().tensors());
            for (int step = 1; step <= 7; step++) {
                Round round = first.play(step, true);
                assertThat(second.play(step, true)).isEqualTo(round);
                assertThat(round.losses().values()).allMatch(Double::isFinite);
                assertThat(round.metrics().values()).allMatch(Double::isFinite);
            }
            first.settle();
            second.settle();
            assertSameBits(second.state().tensors(), copy(first.state().tensors()));
            assertThat(changed(start, first.state().tensors()))
                    .as("the rounds moved everything")
                    .isEqualTo(start.size());
            assertThat(Cells.pixels(second.sample(4))).isEqualTo(Cells.pixels(first.sample(4)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherSeedGivesAnotherRun(Kind kind) {
        try (Game first = kind.game();
                Game second = GameOptions.of(kind.recipe().with("train.seed", 2))
                        .create(kind.recipe().with("train.seed", 2), kind.data())) {
            assertThat(second.play(1, false)).isNotEqualTo(first.play(1, false));
            assertThat(Cells.pixels(second.sample(4))).isNotEqualTo(Cells.pixels(first.sample(4)));
        }
    }

    /** The end of the pretraining, and the moment in which the pool is full, lie behind the break. */
    @ParameterizedTest
    @EnumSource
    void aGameThatGoesOnFromASavedStateGivesTheSameBits(Kind kind) {
        try (Game straight = kind.game();
                Game resumed = kind.game()) {
            resumed.play(77, false); // whatever it did before must not matter
            for (int step = 1; step <= 3; step++) {
                straight.play(step, false);
            }
            restore(straight.state().tensors(), resumed.state().tensors());
            for (int step = 4; step <= 8; step++) {
                straight.play(step, true);
            }
            for (int step = 4; step <= 8; step++) {
                resumed.play(step, false);
            }
            assertSameBits(resumed.state().tensors(), copy(straight.state().tensors()));
            assertThat(Cells.pixels(resumed.sample(4))).isEqualTo(Cells.pixels(straight.sample(4)));
        }
    }

    @Test
    void theStateIsOnlyLookedAt() {
        try (Game game = Kind.PAIRED_PRETRAINED_WITH_DROPOUT.game()) {
            game.play(1, true);
            Map<String, float[]> before = copy(game.state().tensors());
            assertSameBits(game.state().tensors(), before);

            game.settle();

            assertThat(changed(before, game.state().tensors()))
                    .as("the average's statistics are measured when that is asked for")
                    .isPositive();
            Map<String, float[]> settled = copy(game.state().tensors());
            game.settle();
            assertSameBits(game.state().tensors(), settled);
        }
    }

    @ParameterizedTest
    @EnumSource
    void lookingDoesNotDisturb(Kind kind) {
        try (Game watched = kind.game();
                Game alone = kind.game()) {
            for (int step = 1; step <= 3; step++) {
                watched.play(step, true);
                byte[] sample = Cells.pixels(watched.sample(4));
                assertThat(Cells.pixels(watched.sample(4)))
                        .as("the same every time")
                        .isEqualTo(sample);
                alone.play(step, false);
            }
            alone.settle();
            assertSameBits(alone.state().tensors(), copy(watched.state().tensors()));
        }
    }
}
