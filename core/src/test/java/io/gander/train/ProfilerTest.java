package io.gander.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gander.Gander;
import io.gander.Networks;
import io.gander.Tiny;
import io.gander.error.UserError;
import io.gander.network.LayerTimes;
import io.gander.network.Network;
import io.gander.network.Summary;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import io.gander.tensor.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilerTest {
    private static final int STEPS = 12;

    private final Path run;
    private final Recipe recipe;

    ProfilerTest(@TempDir Path folder) {
        this.run = folder.resolve("run");
        this.recipe = Tiny.mlp(Tiny.pictures(folder.resolve("pictures"))).with("train.steps", STEPS);
    }

    @Test
    void aProfileCountsCallsAndOperations() {
        Journal journal = new Journal();
        Profiler profiler = new Profiler();
        Gander.train(recipe, run, new Control(), journal, profiler);
        ProfileReport report = profiler.report(RunDirectory.open(run));

        assertThat(journal.events).contains("start 0 of " + STEPS, "step " + STEPS, "end " + STEPS + " FINISHED");
        assertThat(report.steps()).isEqualTo(STEPS - 5);
        Map<String, Double> calls = new TreeMap<>();
        report.whole().parts().forEach(part -> calls.put(part.name(), (double) part.calls() / report.steps()));
        assertThat(calls)
                .containsEntry("generator mlp, forward", 1.0)
                .containsEntry("discriminator mlp, forward", 2.0) // both kinds at once, and the generator's
                .containsEntry("gradients of the generator's loss", 1.0)
                .containsEntry("gradients of the discriminator's loss", 1.0)
                .containsEntry("optimisers", 2.0)
                .containsEntry("data", 1.0)
                .containsEntry(Profiler.RECORD, 1.0);
        Network generator = Networks.generator(recipe);
        Network discriminator = Networks.discriminator(recipe);
        double expected = 3 * generator.flops()
                - first(generator)
                + 2 * (3 * discriminator.flops() - first(discriminator)) // real and fake, to the weights
                + 2 * discriminator.flops(); // fake, only to the pictures
        assertThat(report.whole().flops() / report.steps())
                .isCloseTo(recipe.train().batch() * expected, within(1e-3 * expected));
        assertThat(report.share()).isPositive();
        assertThat(report.toString()).contains("GFLOP a step", "the rest", "dense");
        assertThat(report.json()).containsKeys("parts", "share_of_best", "generator");
        assertThat(Profile.on()).isFalse();
    }

    private static double first(Network network) {
        return Summary.of(network).rows().stream()
                .mapToLong(Summary.Row::flops)
                .filter(flops -> flops > 0)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mnist-mlp-keras", "dcgan-64", "pix2pix", "cyclegan-64", "mnist-r3gan"})
    void everyLayerIsMeasured(String name) {
        Recipe shipped = Gander.recipe(name);
        if (!name.startsWith("mnist")) {
            shipped = shipped.with("generator.width", 4).with("discriminator.width", 4);
        }
        for (Network network : List.of(Networks.generator(shipped), Networks.discriminator(shipped))) {
            List<String> learning = Summary.of(network).rows().stream()
                    .filter(row -> row.parameters() > 0)
                    .map(row -> row.place() + " " + row.layer())
                    .toList();
            assertThat(LayerTimes.measure(network, 2)).isNotEmpty().allSatisfy(row -> {
                assertThat(row.forward()).isPositive().isFinite();
                assertThat(row.toInput()).isPositive().isFinite();
                assertThat(row.toWeights() > 0).isEqualTo(learning.contains(row.place() + " " + row.layer()));
            });
        }
    }

    @Test
    void aTrainingMustBeLongEnough() {
        assertThatThrownBy(() -> Profiler.check(recipe.with("train.steps", 1)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("train.steps is 1")
                .hasMessageContaining("set it to 2 or more");
        Journal journal = Journal.stoppingAt(3);
        Profiler profiler = new Profiler();
        Gander.train(recipe, run, journal.control, journal, profiler);
        assertThatThrownBy(() -> profiler.report(RunDirectory.open(run)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("stopped within its first 5 steps");
    }
}
