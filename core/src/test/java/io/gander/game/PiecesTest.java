package io.gander.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.architecture.Architectures;
import io.gander.network.Model;
import io.gander.objective.LeastSquares;
import io.gander.objective.Objective;
import io.gander.recipe.Recipe;
import io.gander.tensor.Draws;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The small parts that games share: the ema, the strips of a sample, the metrics of a round. */
class PiecesTest {
    private static Player player(String norm) {
        Recipe recipe = Recipe.parse("tiny", """
                game: paired
                data: {path: a, size: 8, channels: 1, pairs: by-name}
                generator: {architecture: unet, width: 2, downs: 2, dropout: 0.5, norm: %s}
                discriminator: {architecture: patchgan}
                train: {steps: 1}
                """.formatted(norm), "tiny.yaml", StandardCatalogue.INSTANCE);
        Model model = Model.create(Architectures.translatorNetwork(recipe, Architectures.image(recipe)), 1);
        return new Player("generator", model, recipe.train().generator(), 1);
    }

    private static Tensor batch(int i) {
        return Draws.of(i).normal(2, 1, 8, 8);
    }

    @Test
    void withoutADecayThePlayerItselfIsUsed() {
        try (Player player = player("batch");
                Ema ema = new Ema(player, 0, PiecesTest::batch, Draws.of(1))) {
            ema.follow(1);
            assertThat(ema.settled()).isSameAs(player.model());
            GameState state = new GameState();
            ema.addTo(state);
            assertThat(state.parts()).isEmpty();
        }
    }

    @Test
    void statisticsAreMeasuredOnceAStepAndWhenAskedFor() {
        AtomicInteger measured = new AtomicInteger();
        try (Player player = player("batch");
                Ema ema = new Ema(
                        player,
                        0.5,
                        i -> {
                            measured.incrementAndGet();
                            return batch(i);
                        },
                        Draws.of(1))) {
            ema.settle();
            assertThat(measured).as("before the first step it is the player").hasValue(0);
            ema.follow(1);
            Map<String, float[]> first = States.copy(ema.settled().weights());
            ema.settle();
            assertThat(measured).hasValue(32);
            ema.follow(2); // of the same weights
            ema.addTo(new GameState());
            assertThat(measured).as("not by looking at it").hasValue(32);
            States.assertSameBits(ema.settled().weights(), first);
            assertThat(measured).hasValue(64);
        }
    }

    @Test
    void whereThereAreNoStatisticsNoneAreMeasured() {
        try (Player player = player("instance");
                Ema ema = new Ema(
                        player,
                        0.5,
                        i -> {
                            throw new AssertionError("no batch is needed");
                        },
                        Draws.of(1))) {
            ema.follow(1);
            assertThat(ema.settled()).isNotSameAs(player.model());
        }
    }

    @Test
    void whatCostsSomethingIsOnlyComputedWhereTheRoundIsMeasured() {
        try (Scope scope = Scope.open()) {
            RoundMetrics idle = new RoundMetrics(false);
            idle.metric("cost", () -> {
                throw new AssertionError("nobody asked");
            });
            idle.loss("second", Tensor.full(2, 1));
            idle.part("content", Tensor.full(3, 1));
            idle.loss("first", Tensor.full(1, 1));
            assertThat(idle.round().losses().keySet()).containsExactly("second", "content", "first");
            assertThat(idle.round().players()).containsExactly("second", "first");
            assertThat(idle.round().metrics()).isEmpty();

            RoundMetrics busy = new RoundMetrics(true);
            Tensor logits = Tensor.of(new float[] {1, 3}, 2);
            busy.scores(new LeastSquares(0), new Objective.DiscriminatorLoss(logits, logits, logits.neg()));
            assertThat(busy.round().metrics()).isEqualTo(Map.of("d_real", 2.0, "d_fake", -2.0));
        }
    }
}
