package io.gander.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.Gander;
import io.gander.Tiny;
import io.gander.error.UserError;
import io.gander.game.StandardCatalogue;
import io.gander.recipe.Precision;
import io.gander.recipe.Recipe;
import io.gander.run.Checkpoint;
import io.gander.run.RunDirectory;
import io.gander.tensor.Bfloat16;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that was stopped or killed goes on to the same bits as one that never was. */
class ResumeTest {
    private final Path folder;
    private final Path pictures;

    ResumeTest(@TempDir Path folder) {
        this.folder = folder;
        this.pictures = Tiny.pictures(folder.resolve("pictures"));
    }

    /** Every kind of state that a run has: moments, running statistics, averages, schedules, epochs, several threads. */
    enum Kind {
        MLP_ADAM {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.mlp(pictures).with("train.ema", 0.9);
            }
        },
        MLP_RMSPROP_LINEAR {
            @Override
            Recipe recipe(Path pictures) {
                return rmsprop(Tiny.mlp(pictures))
                        .with("train.ema", 0.9)
                        .with("train.generator.schedule", "linear")
                        .with("train.discriminator.schedule", "linear");
            }
        },
        DCGAN_ADAM_LINEAR {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.dcgan(pictures)
                        .with("train.generator.schedule", "linear")
                        .with("train.discriminator.schedule", "cosine");
            }
        },
        DCGAN_RMSPROP_CLIPPED_WITHOUT_AVERAGE {
            @Override
            Recipe recipe(Path pictures) {
                return rmsprop(Tiny.dcgan(pictures))
                        .with("train.ema", 0)
                        .with("train.generator.clip", 0.01)
                        .with("generator.noise", "uniform");
            }
        },
        DCGAN_CROPPED_MIRRORED_AND_COLOURED {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.dcgan(pictures)
                        .with("data.load-size", 11)
                        .with("data.flip", true)
                        .with("data.colour-jitter", 0.3);
            }
        },
        /** Its pretraining ends behind the stop and behind two of the kills. */
        PAIRED_PRETRAINED_WITH_HELD_OUT_PICTURES {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.paired(pictures)
                        .with("data.held-out", 20)
                        .with("data.flip", true)
                        .with("train.pretrain", "{steps: 8, lr: 1e-3}")
                        .with("train.generator.schedule", "linear");
            }
        },
        IN_BFLOAT16 {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.dcgan(pictures).with("train.ema", 0.9).with("train.precision", "bfloat16");
            }
        },
        UNPAIRED_WITH_A_POOL {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.unpaired(pictures).with("generator.dropout", 0.5);
            }
        },
        LABELLED {
            @Override
            Recipe recipe(Path pictures) {
                Path classes = pictures.resolveSibling("classes");
                Tiny.pictures(classes.resolve("a"));
                Tiny.pictures(classes.resolve("b"));
                return Tiny.dcgan(classes).with("objective.labels", "projection");
            }
        },
        /** Directions of power iterations, lazy penalties, and a controller that moves every step. */
        SPECTRAL_PENALISED_AND_ADAPTIVE {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.dcgan(pictures)
                        .with("discriminator.norm", "none")
                        .with("discriminator.spectral-norm", true)
                        .with("discriminator.minibatch-deviation", true)
                        .with("objective", "{loss: relativistic-pairing, r1: 1, r2: 1, penalty-every: 3}")
                        .with("augment", "{kinds: [translation, cutout], target: 0.6}");
            }
        },
        POINTS_PACKED_UNROLLED_AND_NOISY {
            @Override
            Recipe recipe(Path pictures) {
                return Gander.recipe("ring-plain")
                        .with("generator.hidden", "[12]")
                        .with("discriminator.hidden", "[12]")
                        .with("objective.packing", 2)
                        .with("objective.unrolled", 2)
                        .with("objective.instance-noise", 0.1)
                        .with(
                                "train",
                                "{steps: 12, batch: 8, threads: 1, ema: 0.9, log-every: 1, sample-every: 6,"
                                        + " checkpoint-every: 4, generator: {lr: 1e-3}, discriminator: {lr: 1e-3}}");
            }
        },
        DCGAN_ON_TWO_THREADS {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.dcgan(pictures)
                        .with("generator.width", 16)
                        .with("data.size", 32) // from here on in channels-last
                        .with("train.threads", 2);
            }
        };

        abstract Recipe recipe(Path pictures);

        private static Recipe rmsprop(Recipe recipe) {
            return recipe.with("train.generator", "{optimizer: rmsprop, lr: 1e-3, decay: 1e-3}")
                    .with("train.discriminator", "{optimizer: rmsprop, lr: 2e-3, rho: 0.8}");
        }
    }

    /** What a run leaves that does not tell the time: the last state, the pictures, the numbers; all by name. */
    private static Map<String, String> evidence(Path path) throws IOException {
        Map<String, String> evidence = new TreeMap<>();
        RunDirectory run = RunDirectory.open(path);
        Checkpoint checkpoint = run.newestWholeCheckpoint(warning -> {});
        evidence.put(
                "state of step " + checkpoint.step(), hex(checkpoint.folder().resolve("state.safetensors")));
        for (Path sample : run.samples()) {
            evidence.put("sample " + RunDirectory.stepOf(sample), hex(sample));
        }
        for (Map<String, Double> row : run.metrics().rows()) {
            Map<String, Double> numbers = new TreeMap<>(row);
            assertThat(numbers.keySet().removeAll(List.of("seconds", "examples_per_second")))
                    .isTrue();
            evidence.merge("metrics " + row.get("step"), numbers.toString(), (a, b) -> a + " and again " + b);
        }
        return evidence;
    }

    private static String hex(Path file) throws IOException {
        return HexFormat.of().formatHex(Files.readAllBytes(file));
    }

    private Outcome train(Recipe recipe, String name) {
        return Gander.train(recipe, folder.resolve(name));
    }

    private Outcome resume(String name, TrainListener... listeners) {
        return Gander.resume(folder.resolve(name), 0, new Control(), listeners);
    }

    @ParameterizedTest
    @EnumSource
    void afterAStop(Kind kind) throws IOException {
        Recipe recipe = kind.recipe(pictures);
        train(recipe, "whole");
        Journal journal = Journal.stoppingAt(5);
        Outcome stopped = Gander.train(recipe, folder.resolve("stopped"), journal.control, journal);
        assertThat(stopped.end()).isEqualTo(Outcome.End.STOPPED);
        assertThat(stopped.step()).isEqualTo(5);
        Outcome outcome = resume("stopped", journal);
        assertThat(outcome.end()).isEqualTo(Outcome.End.FINISHED);
        assertThat(journal.count("step ")).isEqualTo(12);
        assertThat(journal.warnings)
                .filteredOn(warning -> !warning.startsWith(Bfloat16.EMULATED))
                .isEmpty();

        Map<String, String> evidence = evidence(outcome.run());
        assertThat(evidence.remove("sample 5"))
                .as("a stop leaves a sample of its own")
                .isNotNull();
        assertThat(evidence).isEqualTo(evidence(folder.resolve("whole")));
        assertThat(evidence).hasSize(1 + 3 + 12); // the state; samples of 0, 6, 12; rows
    }

    @ParameterizedTest
    @EnumSource
    void afterThreeKills(Kind kind) throws IOException {
        Recipe recipe = kind.recipe(pictures);
        train(recipe, "whole");
        Path killed = folder.resolve("killed");
        assertThatThrownBy(() -> Gander.train(recipe, killed, new Control(), Journal.crashingAt(7)))
                .isInstanceOf(Journal.Crash.class); // checkpoint 4, sample 6
        assertThat(evidence(killed)).containsKeys("state of step 4", "sample 6", "metrics 7.0");
        for (int step : new int[] {6, 11}) { // checkpoint 4 again, then 8
            Journal journal = Journal.crashingAt(step);
            assertThatThrownBy(() -> resume("killed", journal)).isInstanceOf(Journal.Crash.class);
            assertThat(journal.events).contains("start 4 of 12");
        }
        Journal journal = new Journal();
        resume("killed", journal);
        assertThat(journal.events).contains("start 8 of 12");
        assertThat(evidence(killed)).isEqualTo(evidence(folder.resolve("whole")));
    }

    /** It is a result of its own, so it stays where others make room, also when the run goes on. */
    @Test
    void theCheckpointThatEndsThePretrainingStays() {
        Recipe recipe = Tiny.paired(pictures).with("train.pretrain.steps", 3).with("train.keep-checkpoints", 1);
        Path run = folder.resolve("run");
        Journal journal = Journal.stoppingAt(6);
        Gander.train(recipe, run, journal.control, journal);
        assertThat(journal.events).contains("checkpoint 3 step-00000003", "checkpoint 4 step-00000004");
        assertThat(checkpoints(run)).containsExactlyInAnyOrder("step-00000003", "step-00000006");
        resume("run");
        assertThat(checkpoints(run)).containsExactlyInAnyOrder("step-00000003", "step-00000012");
        assertThat(RunDirectory.open(run).checkpointAt(3).step()).isEqualTo(3);
    }

    private static List<String> checkpoints(Path run) {
        return List.of(
                Objects.requireNonNull(run.resolve("checkpoints").toFile().list()));
    }

    @Test
    void aKillBeforeTheFirstIntervalGoesOnFromTheBeginning() {
        Recipe recipe = Tiny.mlp(pictures);
        assertThatThrownBy(() -> Gander.train(recipe, folder.resolve("killed"), new Control(), Journal.crashingAt(2)))
                .isInstanceOf(Journal.Crash.class);
        Journal journal = new Journal();
        resume("killed", journal);
        assertThat(journal.events).contains("start 0 of 12", "end 12 FINISHED");
    }

    @Test
    void aStopBeforeTheFirstStepIsNoDifferent() throws IOException {
        Recipe recipe = Tiny.mlp(pictures);
        train(recipe, "whole");
        Control stopped = new Control();
        stopped.stop();
        Outcome outcome = Gander.train(recipe, folder.resolve("stopped"), stopped);
        assertThat(outcome.step()).isZero();
        resume("stopped");
        assertThat(evidence(outcome.run())).isEqualTo(evidence(folder.resolve("whole")));
    }

    @Test
    void fromAnOlderCheckpointIfTheNewestIsDamaged() throws IOException {
        Recipe recipe = Tiny.mlp(pictures);
        train(recipe, "whole");
        Path damaged = train(recipe, "damaged").run();
        Path state = damaged.resolve("checkpoints").resolve("step-00000012").resolve("state.safetensors");
        byte[] bytes = Files.readAllBytes(state);
        bytes[bytes.length / 2] ^= 4;
        Files.write(state, bytes);

        Journal journal = new Journal();
        resume("damaged", journal);
        assertThat(journal.warnings).hasSize(2);
        assertThat(journal.warnings.get(0)).contains("step-00000012 is damaged");
        assertThat(journal.warnings.get(1))
                .contains("its last checkpoint is of step 8: the steps since then are done again");
        assertThat(journal.events).contains("start 8 of 12", "checkpoint 12 step-00000012");
        assertThat(evidence(damaged)).isEqualTo(evidence(folder.resolve("whole")));
    }

    @Test
    void aFinishedRunWithMoreStepsEqualsALongerOneIfItsRatesAreConstant() throws IOException {
        Recipe recipe = Tiny.dcgan(pictures)
                .with("train.generator.schedule", "constant")
                .with("train.discriminator.schedule", "constant")
                .with("train.measure-every", 1); // else only the last step is measured
        train(recipe.with("train.steps", 18), "long");
        Path run = train(recipe, "longer").run();
        Outcome outcome = Gander.resume(run, 18, new Control());
        assertThat(outcome.step()).isEqualTo(18);
        assertThat(evidence(run)).isEqualTo(evidence(folder.resolve("long")));
        assertThat(RunDirectory.open(run)
                        .recipe(StandardCatalogue.INSTANCE)
                        .train()
                        .steps())
                .isEqualTo(18);
    }

    /** A process that trains replaces checkpoints at any moment; who waits outside must not trip over that. */
    @Test
    void whereAnotherProcessTrainsNothingIsRead() throws Exception {
        train(Tiny.mlp(pictures), "run");
        RunDirectory run = RunDirectory.open(folder.resolve("run"));
        for (String step : List.of("08", "12")) {
            Files.delete(run.path().resolve("checkpoints/step-000000" + step + "/state.safetensors"));
        }
        Journal journal = new Journal();
        try (AutoCloseable lock = run.lock()) {
            assertThatThrownBy(() -> resume("run", journal))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("another process is training in " + run.path());
        }
        assertThat(journal.warnings).isEmpty();
    }

    @Test
    void aFinishedRunThatIsResumedStaysAsItIs() throws IOException {
        Path run = train(Tiny.mlp(pictures), "run").run();
        Map<String, String> before = evidence(run);
        Journal journal = new Journal();
        assertThat(resume("run", journal).end()).isEqualTo(Outcome.End.FINISHED);
        assertThat(journal.count("step ")).isZero();
        assertThat(evidence(run)).isEqualTo(before);
    }

    @Test
    void anotherSeedIsAnotherRun() throws IOException {
        Recipe recipe = Tiny.mlp(pictures);
        Map<String, String> one = evidence(train(recipe, "one").run());
        Map<String, String> two =
                evidence(train(recipe.with("train.seed", 2), "two").run());
        assertThat(two.keySet()).isEqualTo(one.keySet());
        one.forEach((name, value) -> assertThat(two).doesNotContainEntry(name, value));
    }

    @Test
    void aRecipeThatDiffersIsRefusedNamingEachDifference() throws IOException {
        Recipe recipe = Tiny.mlp(pictures);
        Path path = train(recipe, "run").run();
        Map<String, String> before = evidence(path);
        Recipe other =
                recipe.with("train.batch", 4).with("generator.hidden", "[13]").with("train.generator.lr", 0.5);
        RunDirectory run = RunDirectory.open(path);
        assertThatThrownBy(() -> Trainer.resume(run, other, new Control()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("train.batch was 8, is 4")
                .hasMessageContaining("generator.hidden was [12], is [13]")
                .hasMessageContaining("train.generator.lr was 0.001, is 0.5")
                .hasMessageNotContaining("train.discriminator")
                .message()
                .hasLineCount(1);
        assertThat(evidence(path)).isEqualTo(before);
    }

    @Test
    void aChangeToTheRunsOwnFileCountsToo() throws IOException {
        Path path = train(Tiny.mlp(pictures), "run").run();
        Path file = path.resolve("recipe.yaml");
        String yaml = Files.readString(file);
        Files.writeString(file, yaml.replaceFirst("seed: 1\\b", "seed: 8"));
        assertThatThrownBy(() -> resume("run"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("train.seed was 1, is 8");
    }

    /** Checkpoints of before the key was there hold no word of it, and were float32. */
    @Test
    void aRunOfBeforeThePrecisionWasAKeyGoesOnInFloat32() throws IOException {
        Path path = train(Tiny.mlp(pictures), "run").run();
        Path facts = path.resolve("checkpoints/step-00000012/checkpoint.json");
        String json = Files.readString(facts);
        Files.writeString(facts, json.replaceFirst("\\s*\"train.precision\" : \"float32\",", ""));
        assertThat(Files.readString(facts)).isNotEqualTo(json);
        assertThat(warnings(path, Tiny.mlp(pictures).with("train.steps", 13))).isEmpty();
        assertThatThrownBy(() -> Trainer.resume(
                        RunDirectory.open(path),
                        Tiny.mlp(pictures).with("train.steps", 14).with("train.precision", "bfloat16"),
                        new Control()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("train.precision was float32, is bfloat16");
    }

    @Test
    void whatAutoMeantHereStaysWithTheRun() throws IOException {
        Path path =
                train(Tiny.mlp(pictures).with("train.precision", "auto"), "run").run();
        Precision meant = Bfloat16.resolve(Precision.AUTO);
        assertThat(RunDirectory.open(path)
                        .recipe(StandardCatalogue.INSTANCE)
                        .train()
                        .precision())
                .isEqualTo(meant);
        assertThat(RunDirectory.open(path).provenance().at("/machine/precision").asText())
                .isEqualTo(Bfloat16.describe(meant));
        Recipe asked = Tiny.mlp(pictures).with("train.precision", "auto").with("train.steps", 13);
        assertThat(Trainer.resume(RunDirectory.open(path), asked, new Control()).step())
                .isEqualTo(13);
    }

    @Test
    void whatDoesNotTouchTheStepsMayChange() throws IOException {
        Recipe recipe = Tiny.mlp(pictures);
        Path path = train(recipe, "run").run();
        Recipe other = recipe.with("train.steps", 15)
                .with("train.time", "1h")
                .with("train.log-every", 5)
                .with("train.sample-every", 7)
                .with("train.checkpoint-every", 14)
                .with("train.keep-checkpoints", 1);
        Journal journal = new Journal();
        Trainer.resume(RunDirectory.open(path), other, journal.control, journal);
        assertThat(journal.events)
                .containsSequence("start 12 of 15", "step 13")
                .contains("sample 14 step-00000014.png", "checkpoint 14 step-00000014", "metrics 15");
        assertThat(journal.warnings).isEmpty();
        assertThat(RunDirectory.open(path).recipe(StandardCatalogue.INSTANCE)).isEqualTo(other);
        assertThat(path.resolve("checkpoints").toFile().list()).containsExactly("step-00000015");
    }

    @Test
    void otherThreadsAreWorthAWarning() throws IOException {
        Recipe recipe = Tiny.mlp(pictures);
        Path path = train(recipe, "run").run();
        assertThat(warnings(path, recipe.with("train.threads", 2)))
                .singleElement()
                .asString()
                .contains("began with 1 threads and goes on with 2");
    }

    @Test
    void otherPicturesAreWorthAWarning() throws IOException {
        Recipe recipe = Tiny.mlp(pictures);
        Path path = train(recipe, "run").run();
        Tiny.picture(pictures.resolve("picture-0.png"), 99);
        assertThat(warnings(path, recipe)).singleElement().asString().contains("the data changed");
    }

    @Test
    void soAreOtherPicturesOfTheSecondSet() throws IOException {
        Path second = Tiny.pictures(folder.resolve("second"));
        Recipe recipe = Tiny.unpaired(pictures)
                .with(Map.of("data.second", Tiny.quoted(second.toString()), "data.held-out", 20, "train.steps", 1));
        Path path = train(recipe, "run").run();
        Tiny.picture(second.resolve("picture-0.png"), 99);
        assertThat(warnings(path, recipe.with("train.steps", 2)))
                .singleElement()
                .asString()
                .contains("the data changed", "held out were learnt from");
    }

    @Test
    void aScheduleThatIsStretchedIsWorthAWarning() {
        Recipe recipe = Tiny.mlp(pictures).with("train.generator.schedule", "linear");
        Path path = train(recipe, "run").run();
        assertThat(warnings(path, recipe.with("train.steps", 14)))
                .singleElement()
                .asString()
                .contains("now ends at step 14, not 12");
        Recipe constant = Tiny.mlp(pictures);
        Path other = train(constant, "other").run();
        assertThat(warnings(other, constant.with("train.steps", 14))).isEmpty();
    }

    private static List<String> warnings(Path run, Recipe recipe) {
        Journal journal = new Journal();
        Trainer.resume(RunDirectory.open(run), recipe, journal.control, journal);
        return new ArrayList<>(journal.warnings);
    }
}
