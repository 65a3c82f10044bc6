package io.gander.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Gander;
import io.gander.recipe.Recipe;
import io.gander.run.Verdict.Kind;
import org.junit.jupiter.api.Test;

class RemediesTest {
    @Test
    void whatTheRecipeLacksInTheOrderInWhichToTryIt() {
        Recipe recipe = Gander.recipe("mnist-dcgan");

        assertThat(Remedies.of(recipe, Kind.MODES_MISSING))
                .extracting(Remedies.Remedy::toString)
                .containsExactly(
                        "--set objective.r1=1",
                        "--set objective.loss=relativistic-pairing",
                        "--set objective.r2=1",
                        "--set objective.packing=2");
        assertThat(Remedies.of(recipe.with("objective.r1", 1), Kind.DISCRIMINATOR_WINS))
                .extracting(Remedies.Remedy::toString)
                .containsExactly(
                        "--set objective.loss=relativistic-pairing",
                        "--set objective.r2=1",
                        "--set objective.instance-noise=0.1",
                        "--set train.discriminator.lr=0.0005");
        assertThat(Remedies.of(recipe, Kind.HEALTHY)).isEmpty();
    }

    /** Each is accepted by the recipe that it is recommended for. */
    @Test
    void eachCanBeSet() {
        for (String name :
                new String[] {"mnist-dcgan", "mnist-conditional", "ring-plain", "mnist-r3gan", "chairs-32"}) {
            Recipe recipe = Gander.recipe(name);
            for (Kind kind : Kind.values()) {
                Remedies.of(recipe, kind)
                        .forEach(remedy -> assertThat(remedy.in(recipe).flat())
                                .as(name + ": " + remedy)
                                .isNotEqualTo(recipe.flat()));
            }
        }
    }

    @Test
    void threeAreTold() {
        assertThat(Remedies.words(Gander.recipe("mnist-dcgan"), Kind.MODES_MISSING))
                .isEqualTo("try --set objective.r1=1, then --set objective.loss=relativistic-pairing,"
                        + " then --set objective.r2=1");
    }
}
