package io.gander.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.layer.Output;
import io.gander.objective.NonSaturating;
import io.gander.objective.Objective;
import io.gander.recipe.Sections;
import io.gander.tensor.Draws;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentTest {
    private static final int SIDE = 16;

    private static AugmentRecipe recipe(String yaml) {
        return AugmentRecipe.read(Sections.of("augment", yaml));
    }

    private static Tensor pictures(int n) {
        return Draws.of(11).uniform(0, 1, n, 3, SIDE, SIDE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flip", "translation", "cutout", "colour"})
    void halfOfThePicturesChangeWhereTheProbabilityIsAHalf(String kind) {
        try (Scope scope = Scope.open();
                Augment augment = new Augment(recipe("{kinds: [" + kind + "], probability: 0.5}"), Output.SIGMOID)) {
            int n = 400;
            Tensor x = pictures(n);

            float[] moved =
                    augment.apply(x, Draws.of(12)).sub(x).abs().sum(1, 2, 3).toArray();

            int changed = 0;
            for (float distance : moved) {
                changed += distance > 1e-2 ? 1 : 0;
            }
            double share = kind.equals("flip") ? 0.25 : 0.5;
            assertThat((double) changed / n).isCloseTo(share, within(0.08));
        }
    }

    @Test
    void aTranslatedPictureIsTheSameElsewhereAndGreyWhereNothingWas() {
        try (Scope scope = Scope.open();
                Augment augment = new Augment(recipe("{kinds: [translation]}"), Output.SIGMOID)) {
            Tensor x = pictures(20);
            float[] before = x.toArray();
            float[] after = augment.apply(x, Draws.of(12)).toArray();
            int plane = SIDE * SIDE;
            for (int i = 0; i < 20; i++) {
                assertThat(shifts(before, after, i * 3 * plane))
                        .as("picture %d", i)
                        .isNotEmpty();
            }
        }
    }

    /** Shifts by up to 2 pixels that explain a picture's first channel. */
    private static List<String> shifts(float[] before, float[] after, int at) {
        List<String> found = new ArrayList<>();
        for (int dy = -2; dy <= 2; dy++) {
            for (int dx = -2; dx <= 2; dx++) {
                boolean same = true;
                for (int y = 0; y < SIDE && same; y++) {
                    for (int x = 0; x < SIDE && same; x++) {
                        boolean inside = y + dy >= 0 && y + dy < SIDE && x + dx >= 0 && x + dx < SIDE;
                        float expected = inside ? before[at + (y + dy) * SIDE + x + dx] : 0.5F;
                        same = Math.abs(after[at + y * SIDE + x] - expected) < 1e-5;
                    }
                }
                if (same) {
                    found.add(dy + " " + dx);
                }
            }
        }
        return found;
    }

    @Test
    void gradientsFlowThroughEveryChange() {
        try (Scope scope = Scope.open();
                Augment augment = new Augment(recipe("{kinds: [flip, translation, cutout, colour]}"), Output.SIGMOID)) {
            Tensor x = pictures(4).requiresGrad(true);

            Tensor gradient = Tensor.gradients(
                            augment.apply(x, Draws.of(12)).square().sum(), List.of(x), false)
                    .get(0);

            assertThat(gradient.isFinite()).isTrue();
            assertThat(gradient.norm().item()).isPositive();
        }
    }

    @Test
    void theControllerRaisesTheProbabilityWhereTheDiscriminatorIsTooSure() {
        try (Scope scope = Scope.open();
                Augment augment = new Augment(recipe("{kinds: [flip], target: 0.6, speed: 1}"), Output.SIGMOID)) {
            Objective objective = new NonSaturating(0);
            Tensor sure = Tensor.full(3, 10, 1);
            GameState state = new GameState();
            augment.addTo(state);

            augment.steer(objective, new Objective.DiscriminatorLoss(sure, sure, sure), 10);
            augment.steer(objective, new Objective.DiscriminatorLoss(sure, sure, sure), 10);
            assertThat(probability(state).toArray()[0]).isCloseTo(0.02F, within(1e-6F));

            Tensor unsure = sure.neg();
            for (int i = 0; i < 5; i++) {
                augment.steer(objective, new Objective.DiscriminatorLoss(unsure, unsure, unsure), 10);
            }
            assertThat(probability(state).toArray()[0]).isZero();
        }
    }

    private static Tensor probability(GameState state) {
        return Objects.requireNonNull(state.tensors().get("augment.probability"));
    }
}
