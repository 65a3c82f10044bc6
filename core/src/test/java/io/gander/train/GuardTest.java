package io.gander.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gander.Gander;
import io.gander.recipe.Recipe;
import io.gander.train.Guard.Finding;
import io.gander.train.Guard.Trouble;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GuardTest {
    private static final long STEPS = 5000;

    private final Guard guard = new Guard(STEPS);

    private void observe(int rounds, double real, double fake) {
        for (int i = 0; i < rounds; i++) {
            guard.observe(Map.of("d_real", real, "d_fake", fake));
        }
    }

    private Finding look(double diversity, double covered) {
        return Objects.requireNonNull(guard.look(2000, Map.of("diversity", diversity, "covered", covered)));
    }

    @Test
    void aHealthyGameIsLeftAlone() {
        observe(20, 0.8, 0.2);
        assertThat(guard.look(2000, Map.of("diversity", 0.9, "covered", 1.0))).isNull();
        assertThat(guard.look(2000, Map.of())).isNull();
    }

    @Test
    void theBeginningIsNotJudged() {
        assertThat(guard.look(999, Map.of("diversity", 0.0, "covered", 0.0))).isNull();
    }

    @Test
    void eachTroubleHasItsSentence() {
        assertThat(look(0.31, 1).trouble()).isEqualTo(Trouble.ALIKE);
        assertThat(look(0.31, 1).sentence()).startsWith("the samples differ 31 % as much as real examples do");
        assertThat(look(0.9, 0.5).trouble()).isEqualTo(Trouble.FEW_KINDS);
        assertThat(look(0.9, 0.5).sentence()).startsWith("the samples show 50 % of the kinds");
        observe(10, 0.99, 0.01);
        assertThat(look(0.9, 1).trouble()).isEqualTo(Trouble.SATURATED);
        assertThat(look(0.9, 1).sentence()).contains("the discriminator wins, D(x) - D(G(z)) is 0.98");
        assertThat(look(0.1, 0.1).trouble()).as("what explains the others").isEqualTo(Trouble.SATURATED);
    }

    @Test
    void whatTheRecipeHasIsNotRecommended() {
        Recipe recipe = Gander.recipe("mnist-dcgan").with("objective.r1", 1);
        assertThat(look(0.9, 0.5).withRemedies(recipe))
                .isEqualTo(
                        "the samples show 50 % of the kinds that the data has: modes are left out; try --set"
                                + " objective.loss=relativistic-pairing, then --set objective.r2=1, then --set objective.packing=2");
        observe(10, 0.99, 0.01);
        assertThat(look(0.9, 0.5).withRemedies(recipe))
                .endsWith("; try --set objective.loss=relativistic-pairing, then --set objective.r2=1, then --set"
                        + " objective.instance-noise=0.1");
    }

    @Test
    void whatWasSaidIsNotNews() {
        Finding alike = look(0.1, 1);
        assertThat(guard.isNews(alike)).isTrue();
        assertThat(guard.isNews(alike)).isFalse();
        assertThat(guard.isNews(look(0.9, 0.1))).isTrue();
    }

    @Test
    void oneThingAtATimeUntilNothingIsLeftButPatience() {
        Recipe recipe = Gander.recipe("mnist-dcgan");
        Finding alike = look(0.1, 1);

        recipe = guard.change(recipe, alike).recipe();
        assertThat(recipe.flat()).containsEntry("objective.r1", 1.0);
        recipe = guard.change(recipe, alike).recipe();
        assertThat(recipe.flat()).containsEntry("objective.loss", "relativistic-pairing");
        recipe = guard.change(recipe, alike).recipe();
        assertThat(recipe.flat()).containsEntry("objective.r2", 1.0);
        Guard.Change slower = guard.change(recipe, alike);
        assertThat(slower.what()).isEqualTo("both learning rates are halved, to 0.002 and 0.0005");
        assertThat(slower.recipe().train().generator().rate()).isEqualTo(2e-3);
        guard.change(recipe, alike);
        for (int i = 0; i < 10; i++) {
            look(0.1, 1);
            assertThat(guard.mayAct(Trouble.ALIKE))
                    .as("five changes are enough")
                    .isFalse();
        }
    }

    /** A generator that lags behind is not slowed down further. */
    @Test
    void aSureDiscriminatorIsSlowedAlone() {
        Recipe recipe = Gander.recipe("mnist-dcgan")
                .with(Map.of("objective.r1", 1, "objective.r2", 1, "objective.loss", "relativistic-pairing"));
        observe(10, 0.99, 0.01);
        Guard.Change slower = guard.change(recipe, look(0.9, 0.1));
        assertThat(slower.what()).isEqualTo("the discriminator's learning rate is halved, to 0.0005");
        assertThat(slower.recipe().train().generator().rate()).isEqualTo(4e-3);
    }

    @Test
    void numbersThatOverflowWantCalmerRates() {
        Recipe recipe = Gander.recipe("mnist-dcgan");
        Recipe changed = guard.change(recipe, new Finding(Trouble.DIVERGED, "")).recipe();

        assertThat(changed.flat()).containsEntry("objective.r1", 0.0);
        assertThat(changed.train().discriminator().rate())
                .isEqualTo(recipe.train().discriminator().rate() / 2);
    }

    @Test
    void whatOverflowedCannotWait() {
        guard.change(Gander.recipe("mnist-dcgan"), look(0.1, 1));
        assertThat(guard.mayAct(Trouble.DIVERGED)).isTrue();
    }

    @Test
    void aChangeHasItsThreeMeasurements() {
        assertThat(guard.mayAct(Trouble.ALIKE)).isTrue();
        guard.change(Gander.recipe("mnist-dcgan"), look(0.1, 1));
        for (boolean may : new boolean[] {false, false, true}) {
            look(0.1, 1);
            assertThat(guard.mayAct(Trouble.ALIKE)).isEqualTo(may);
        }
    }

    /** What counts is changes, the time since the last one, the scores heard and the step to go back to. */
    @Test
    void whatItRemembersComesBack() {
        guard.look(1500, Map.of());
        guard.change(Gander.recipe("mnist-dcgan"), look(0.1, 1));
        observe(10, 0.9, 0.2);
        look(0.1, 1);
        Guard other = restored(guard);

        assertThat(other.healthy()).isEqualTo(1500);
        assertThat(other.state()).isEqualTo(guard.state());
        assertThat(other.state()).containsEntry("changes", 1).containsEntry("grace", 2);
    }

    /** Neither a step beyond 2²⁴ nor a margin such as 0.1 is a float32. */
    @Test
    void itRemembersToTheLastBit() {
        long step = (1L << 24) + 1;
        Guard old = new Guard(100_000_000);
        old.trust(step);
        old.observe(Map.of("d_real", 0.1, "d_fake", 0.0));
        old.observe(Map.of("d_real", 1.0 / 3, "d_fake", 0.0));

        Guard other = restored(old);

        assertThat(other.healthy()).isEqualTo(step);
        assertThat(other.state()).containsEntry("margins", List.of(0.1, 1.0 / 3));
    }

    /** As a checkpoint brings it back. */
    private static Guard restored(Guard guard) {
        ObjectMapper json = new ObjectMapper();
        Guard other = new Guard(STEPS);
        try {
            other.restore(json.readTree(json.writeValueAsString(guard.state())));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
        return other;
    }
}
