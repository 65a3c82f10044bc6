package io.gander.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.contentOf;

import com.fasterxml.jackson.databind.JsonNode;
import io.gander.Gander;
import io.gander.Tiny;
import io.gander.error.UserError;
import io.gander.game.StandardCatalogue;
import io.gander.recipe.Recipe;
import io.gander.run.Checkpoint;
import io.gander.run.RunDirectory;
import io.gander.tensor.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private final Path path;
    private final Recipe recipe;

    TrainerTest(@TempDir Path folder) {
        this.path = folder.resolve("run");
        this.recipe = Tiny.mlp(Tiny.pictures(folder.resolve("pictures")));
    }

    private Journal train(Recipe changed) {
        Journal journal = new Journal();
        Gander.train(changed, path, journal.control, journal);
        return journal;
    }

    @Test
    void eventsComeInTheOrderOfTheWork() {
        Journal journal = train(recipe.with("train.steps", 5)
                .with("train.log-every", 2)
                .with("train.sample-every", 2)
                .with("train.checkpoint-every", 3));
        assertThat(journal.events)
                .containsExactly(
                        "start 0 of 5",
                        "checkpoint 0 step-00000000", // so that nothing can end the run without one
                        "sample 0 step-00000000.png",
                        "step 1",
                        "metrics 2",
                        "step 2",
                        "sample 2 step-00000002.png",
                        "step 3",
                        "checkpoint 3 step-00000003",
                        "metrics 4",
                        "step 4",
                        "sample 4 step-00000004.png",
                        "metrics 5",
                        "step 5",
                        // 5 is no multiple of 2 or 3, and the end has its own
                        "checkpoint 5 step-00000005",
                        "sample 5 step-00000005.png",
                        "end 5 FINISHED");
        assertThat(journal.warnings).isEmpty();
    }

    @Test
    void aListenerThatThrowsIsSaidOnceAndEndsNothing() {
        Journal journal = new Journal();
        TrainListener broken = event -> {
            throw new IllegalStateException("no page\nat all");
        };
        Gander.train(recipe, path, journal.control, broken, journal);
        assertThat(journal.events).startsWith("start 0 of 12").endsWith("end 12 FINISHED");
        assertThat(journal.warnings)
                .containsExactly("a listener failed (java.lang.IllegalStateException: no page); the training goes on.");
    }

    @Test
    void theDirectoryHoldsTheContract() throws IOException {
        train(recipe);
        try (Stream<Path> entries = Files.list(path)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()).filter(name -> !name.startsWith(".")))
                    .containsExactlyInAnyOrder(
                            "recipe.yaml",
                            "codec.json",
                            "provenance.json",
                            "metrics.jsonl",
                            "samples",
                            "checkpoints",
                            "report.html",
                            "training.png");
        }
        RunDirectory run = RunDirectory.open(path);
        assertThat(run.recipe(StandardCatalogue.INSTANCE)).isEqualTo(recipe);
        assertThat(path.resolve("checkpoints").toFile().list())
                .containsExactlyInAnyOrder("step-00000008", "step-00000012");
        Checkpoint checkpoint = run.newestWholeCheckpoint(warning -> {});
        assertThat(recipe.differencesFrom(checkpoint.recipe())).isEmpty();
        assertThat(checkpoint.seconds()).isPositive();
        assertThat(run.samples()).extracting(RunDirectory::stepOf).containsExactly(0L, 6L, 12L);
        assertThat(path.resolve("report.html")).content().contains("mnist-mlp-keras", "data:image/png");
    }

    @Test
    void theReportIsThereFromTheFirstStepAndSaysWhenTheRunHasEnded() {
        Path report = path.resolve("report.html");
        List<Boolean> live = new ArrayList<>();
        Gander.train(recipe, path, new Control(), event -> {
            if (event instanceof Event.Stepped) {
                assertThat(report).content().contains("\"step\":0,\"png\":\"data:image/png");
                live.add(contentOf(report.toFile()).contains("\"live\":true"));
            }
        });
        assertThat(live).hasSize(12).containsOnly(true);
        assertThat(report).content().contains("\"live\":false");
    }

    @Test
    void metricsSayHowBothPlayersDo() {
        Journal journal = train(recipe);
        List<Map<String, Double>> rows = RunDirectory.open(path).metrics().rows();
        assertThat(rows).hasSize(12);
        assertThat(rows.get(11).remove("diversity")).as("measured at the end").isPositive();
        for (Map<String, Double> row : rows) {
            assertThat(row)
                    .containsOnlyKeys(
                            "step",
                            "loss_discriminator",
                            "loss_generator",
                            "d_real",
                            "d_fake",
                            "grad_discriminator",
                            "grad_generator",
                            "examples_per_second",
                            "seconds");
            assertThat(row.values()).allMatch(Double::isFinite).allMatch(value -> value >= 0);
            assertThat(row.get("d_real")).isLessThan(1);
            assertThat(row.get("grad_generator")).isPositive();
        }
        assertThat(journal.metrics).hasSize(12);
        assertThat(journal.metrics.get(11)).allSatisfy((name, value) -> assertThat(
                        name.equals("diversity") || value.equals(rows.get(11).get(name)))
                .as(name)
                .isTrue());
    }

    @Test
    void provenanceSaysFromWhatAndOnWhat() {
        train(recipe.with("train.seed", 42));
        JsonNode facts = RunDirectory.open(path).provenance();
        assertThat(facts.path("recipe").asText()).isEqualTo("mnist-mlp-keras");
        assertThat(facts.path("seed").asLong()).isEqualTo(42);
        assertThat(facts.path("started").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(facts.path("gander").asText()).isNotEmpty();
        assertThat(facts.path("data").path("name").asText()).isEqualTo("pictures");
        assertThat(facts.path("data").path("count").asInt()).isEqualTo(21);
        assertThat(facts.path("data").path("sha256").asText()).matches("[0-9a-f]{64}");
        JsonNode machine = facts.path("machine");
        assertThat(machine.path("libtorch").asText()).isEqualTo(Engine.version());
        assertThat(machine.path("threads").asInt()).isEqualTo(1);
        assertThat(machine.path("cores").asInt()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(machine.path("java").asText()).contains(System.getProperty("java.version"));
        assertThat(machine.path("device").asText()).isEqualTo(Engine.device());
        assertThat(machine.path("os").asText()).startsWith(System.getProperty("os.name"));
    }

    @Test
    void aStopSavesWhereItIs() {
        Journal journal = Journal.stoppingAt(3);
        Outcome outcome = Gander.train(recipe, path, journal.control, journal);
        assertThat(outcome.end()).isEqualTo(Outcome.End.STOPPED);
        assertThat(outcome.step()).isEqualTo(3);
        assertThat(outcome.steps()).isEqualTo(12);
        assertThat(outcome.run()).isEqualTo(path);
        assertThat(journal.events)
                .endsWith("step 3", "checkpoint 3 step-00000003", "sample 3 step-00000003.png", "end 3 STOPPED");
        assertThat(RunDirectory.open(path).newestWholeCheckpoint(warning -> {}).step())
                .isEqualTo(3);
    }

    @Test
    void theTimeOfAllSessionsTogetherIsLimited() {
        Recipe limited = recipe.with("train.steps", 1_000_000)
                .with("train.time", "1s")
                .with("train.log-every", 100)
                .with("train.sample-every", 1_000_000)
                .with("train.checkpoint-every", 1_000_000);
        Outcome outcome = Gander.train(limited, path);
        assertThat(outcome.end()).isEqualTo(Outcome.End.OUT_OF_TIME);
        assertThat(outcome.seconds()).isBetween(1.0, 30.0);
        assertThat(outcome.step()).isBetween(1L, 999_999L);
        Checkpoint checkpoint = RunDirectory.open(path).newestWholeCheckpoint(warning -> {});
        assertThat(checkpoint.step()).isEqualTo(outcome.step());

        Journal journal = new Journal();
        Outcome again = Gander.resume(path, 0, journal.control, journal);
        assertThat(again.end()).isEqualTo(Outcome.End.OUT_OF_TIME);
        assertThat(journal.count("step ")).isZero();
    }

    @Test
    void twoCannotTrainInOneDirectory() {
        List<Throwable> second = new ArrayList<>();
        Gander.train(recipe, path, new Control(), event -> {
            if (second.isEmpty() && event instanceof Event.CheckpointSaved) {
                second.add(catchThrowableOfType(UserError.class, () -> Gander.resume(path, 0, new Control())));
            }
        });
        assertThat(second)
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("another process is training in " + path);
        assertThat(RunDirectory.open(path).metrics().rows())
                .as("the first went on")
                .hasSize(12);
    }

    @Test
    void aDirectoryThatWillNotDoIsTheUsersMistake() throws IOException {
        Files.createDirectories(path);
        Path file = Files.writeString(path.resolve("file"), "mine");
        for (Path bad : List.of(path, file, file.resolve("run"))) {
            assertThatThrownBy(() -> Gander.train(recipe, bad))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(bad.toString())
                    .message()
                    .hasLineCount(1);
        }
        assertThat(path.toFile().list()).containsExactly("file");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aDiskThatFillsUpIsTheUsersMistakeAndKeepsWhatIsSaved() throws IOException {
        // A folder where the last checkpoint's file is to come stands for whatever the system refuses.
        TrainListener spoiler = event -> {
            if (event instanceof Event.CheckpointSaved saved && saved.step() > 0) {
                path.resolve("report.html").toFile().delete();
                assertThat(path.resolve("report.html")
                                .resolve("in the way")
                                .toFile()
                                .mkdirs())
                        .isTrue();
            }
        };
        assertThatThrownBy(() -> Gander.train(recipe, path, new Control(), spoiler))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot write to " + path)
                .hasMessageContaining("gander resume " + path)
                .message()
                .hasLineCount(1);
        assertThat(RunDirectory.open(path).newestWholeCheckpoint(warning -> {}).step())
                .isEqualTo(4);
    }

    @Test
    void theDiskMustHoldTheCheckpointsThatWillBeWritten() {
        Recipe large = recipe.with("generator.hidden", "[1000]")
                .with("train.steps", 100_000_000)
                .with("train.checkpoint-every", 1)
                .with("train.keep-checkpoints", 100_000_000); // 100 million checkpoints of some 200 kB: 20 TB
        assertThatThrownBy(() -> Gander.train(large, path))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("too little disk for " + path)
                .message()
                .hasLineCount(1);
        assertThat(path).doesNotExist();

        train(recipe.with("train.keep-checkpoints", Integer.MAX_VALUE)); // the first and all three
        assertThat(path.resolve("checkpoints").toFile().list()).hasSize(4);
    }

    /** Steps of ±10 on each weight of 16 layers: the signal soon grows beyond float32. */
    private Recipe diverging() {
        String hidden = "[8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8]";
        return recipe.with("train.steps", 1000)
                .with("train.sample-every", 1000)
                .with("train.checkpoint-every", 1)
                .with("discriminator.hidden", hidden)
                .with("discriminator.activation", "leaky-relu")
                .with("train.discriminator.lr", 10);
    }

    @Test
    void aLossThatIsNoNumberStopsTheRunAndKeepsTheLastGoodCheckpoint() {
        Journal journal = new Journal();
        Diverged diverged =
                catchThrowableOfType(Diverged.class, () -> Gander.train(diverging(), path, journal.control, journal));
        long good = journal.count("checkpoint ") - 1; // that of step 0
        assertThat(diverged)
                .hasMessageMatching("the (discriminator|generator)'s .* at step " + (good + 1) + "; stopped\\..*")
                .hasMessageContaining("The last good checkpoint is step " + good + " in " + path)
                .message()
                .hasLineCount(1);
        assertThat(good).as("it took some steps").isPositive();
        assertThat(journal.count("end ")).isZero();
        assertThat(journal.events).last().isEqualTo("diverged " + (good + 1));
        assertIsFiniteAt(good);
        assertThat(path.resolve("events.jsonl")).content().startsWith("{\"event\":\"diverged\",\"step\":" + (good + 1));
        assertThat(path.resolve("report.html")).content().contains("\"live\":false", "\"kind\":\"DIVERGED\"");

        // It goes on from there: to the same end, as every step gives the same bits.
        assertThatThrownBy(() -> Gander.resume(path, 0, new Control()))
                .isInstanceOf(Diverged.class)
                .hasMessage(diverged.getMessage());
        assertThat(path.resolve("events.jsonl")).as("it is told once").content().hasLineCount(1);
        assertIsFiniteAt(good);
    }

    @Test
    void theGuardGoesBackFromWhatOverflowsAndHalvesBothRates() throws IOException {
        Journal journal = new Journal();
        Recipe guarded = diverging().with("guard", "act").with("train.steps", 40);
        Gander.train(guarded, path, journal.control, journal);

        assertThat(journal.warnings)
                .isNotEmpty()
                .first()
                .asString()
                .contains("Went back to step 0: both learning rates");
        assertThat(journal.events).contains("step 40", "end 40 FINISHED");
        List<String> events = Files.readAllLines(path.resolve("events.jsonl"));
        assertThat(events).hasSameSizeAs(journal.warnings);
        RunDirectory run = RunDirectory.open(path);
        double halvings = Math.pow(2, events.size());
        assertThat(run.recipe(StandardCatalogue.INSTANCE)
                        .train()
                        .discriminator()
                        .rate())
                .isEqualTo(10 / halvings);
        assertThat(run.metrics().rows())
                .extracting(row -> row.get("step"))
                .doesNotHaveDuplicates()
                .hasSize(40);
        assertIsFiniteAt(40);
    }

    /** A generator that hardly moves: its samples stay alike. */
    private Recipe collapsed() {
        return recipe.with("train.steps", 800)
                .with("train.measure-every", 100)
                .with("train.log-every", 10)
                .with("train.sample-every", 800)
                .with("train.checkpoint-every", 800)
                .with("train.generator.lr", 1e-9);
    }

    @Test
    void theGuardSaysOnceThatSamplesAreAlike() {
        Journal journal = train(collapsed());

        assertThat(journal.warnings)
                .singleElement()
                .asString()
                .startsWith("step 500: the samples differ")
                .contains("the generator collapses; try --set objective.r1=1, then --set");
        assertThat(RunDirectory.open(path).recipe(StandardCatalogue.INSTANCE)).isEqualTo(collapsed());
        assertThat(path.resolve("events.jsonl"))
                .content()
                .startsWith("{\"event\":\"warning\",\"step\":500,\"message\":\"the samples differ")
                .hasLineCount(1);
    }

    @Test
    void theGuardChangesOneThingAndTheRunCanBeResumed() {
        Journal journal = Journal.stoppingAt(600);
        Recipe guarded = collapsed().with("guard", "act");
        Gander.train(guarded, path, journal.control, journal);

        assertThat(journal.warnings)
                .singleElement()
                .asString()
                .contains("Went back to step 400: objective.r1 is now 1.");
        Recipe changed = RunDirectory.open(path).recipe(StandardCatalogue.INSTANCE);
        assertThat(changed).isEqualTo(guarded.with("objective.r1", 1));

        Path whole = path.resolveSibling("whole");
        Gander.train(guarded, whole, new Control());
        Gander.resume(path, 0, new Control());
        assertThat(state(path, 800))
                .as("the guard remembers what it did")
                .containsKey("facts of the guard")
                .isEqualTo(state(whole, 800));
        assertThat(path.resolve("events.jsonl")).hasSameTextualContentAs(whole.resolve("events.jsonl"));
    }

    private static Map<String, String> state(Path run, long step) {
        Checkpoint checkpoint = RunDirectory.open(run).newestWholeCheckpoint(warning -> {});
        assertThat(checkpoint.step()).isEqualTo(step);
        Map<String, String> state = new TreeMap<>();
        checkpoint.arrays(name -> true).forEach((name, array) -> state.put(name, Arrays.toString(array.values())));
        checkpoint
                .facts()
                .properties()
                .forEach(fact -> state.put(
                        "facts of the " + fact.getKey(), fact.getValue().toString()));
        return state;
    }

    @Test
    void theGuardCanBeTurnedOff() {
        assertThat(train(collapsed().with("guard", "off")).warnings).isEmpty();
        assertThat(path.resolve("events.jsonl")).doesNotExist();
    }

    private void assertIsFiniteAt(long step) {
        Checkpoint checkpoint = RunDirectory.open(path).newestWholeCheckpoint(warning -> {});
        assertThat(checkpoint.step()).isEqualTo(step);
        checkpoint.arrays(name -> true).forEach((name, array) -> {
            for (float value : array.values()) {
                assertThat(value).as(name).isFinite();
            }
        });
    }

    /** With ε = 0, Adam divides 0 by 0 for the weights of a ReLU that no latent of the batch excites: in step 1. */
    private Recipe breaking() {
        return recipe.with("generator.hidden", "[64]")
                .with("generator.batch-norm", false)
                .with("train.generator.epsilon", 0)
                .with("train.batch", 2);
    }

    /** The losses of a step are measured before the generator moves; so only a look at the weights finds these. */
    @Test
    void weightsThatBrokeAfterTheLossWasMeasuredAreNotSaved() {
        Journal journal = new Journal();
        assertThatThrownBy(() ->
                        Gander.train(breaking().with("train.checkpoint-every", 1), path, journal.control, journal))
                .isInstanceOf(Diverged.class)
                .hasMessageContaining("the generator's weights became NaN or infinite (generator.")
                .hasMessageContaining("at step 1; stopped. The last good checkpoint is step 0 in " + path)
                .hasMessageEndingWith("Try a lower lr, or a clip, in train.generator or train.discriminator.");
        assertThat(journal.events).contains("step 1").doesNotContain("step 2");
        assertThat(journal.count("checkpoint ")).isEqualTo(1);
        assertIsFiniteAt(0);
    }

    @Test
    void weightsThatBreakInTheLastStepAreNoSuccess() {
        assertThatThrownBy(() -> Gander.train(breaking().with("train.steps", 1), path))
                .isInstanceOf(Diverged.class);
    }

    @Test
    void aLossThatIsNoNumberStopsTheRunBeforeItsFirstCheckpointToo() {
        assertThatThrownBy(() -> Gander.train(breaking(), path))
                .isInstanceOf(Diverged.class)
                .hasMessageContaining("the discriminator's loss became NaN at step 2; stopped.")
                .hasMessageContaining("The last good checkpoint is step 0 in " + path);
        assertThat(RunDirectory.open(path).metrics().rows())
                .as("the step before is in the log")
                .hasSize(1);
        assertThat(path.resolve("report.html")).exists();
    }
}
