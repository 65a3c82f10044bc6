package io.gander.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gander.Tiny;
import io.gander.error.Complaint;
import io.gander.error.UserError;
import io.gander.recipe.Recipe;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATE = "state.safetensors";
    private static final String FACTS = "checkpoint.json";

    private final Path folder;
    private final Recipe recipe;
    private final List<String> warnings = new ArrayList<>();

    CheckpointTest(@TempDir Path temporary) {
        this.folder = temporary.resolve("checkpoints");
        this.recipe = Tiny.mlp(temporary);
    }

    /** Ways in which a checkpoint can be less than whole. */
    enum Damage {
        FLIPPED_BIT {
            @Override
            void to(Path checkpoint) throws IOException {
                byte[] bytes = Files.readAllBytes(checkpoint.resolve(STATE));
                bytes[bytes.length - 5] ^= 1;
                Files.write(checkpoint.resolve(STATE), bytes);
            }
        },
        TRUNCATED_STATE {
            @Override
            void to(Path checkpoint) throws IOException {
                byte[] bytes = Files.readAllBytes(checkpoint.resolve(STATE));
                Files.write(checkpoint.resolve(STATE), java.util.Arrays.copyOf(bytes, bytes.length / 2));
            }
        },
        EMPTY_STATE {
            @Override
            void to(Path checkpoint) throws IOException {
                Files.write(checkpoint.resolve(STATE), new byte[0]);
            }
        },
        MISSING_STATE {
            @Override
            void to(Path checkpoint) throws IOException {
                Files.delete(checkpoint.resolve(STATE));
            }
        },
        MISSING_FACTS {
            @Override
            void to(Path checkpoint) throws IOException {
                Files.delete(checkpoint.resolve(FACTS));
            }
        },
        EMPTY_FACTS {
            @Override
            void to(Path checkpoint) throws IOException {
                Files.write(checkpoint.resolve(FACTS), new byte[0]);
            }
        },
        GARBAGE_FACTS {
            @Override
            void to(Path checkpoint) throws IOException {
                Files.writeString(checkpoint.resolve(FACTS), "\u0000\n}{ not\n json");
            }
        },
        TRUNCATED_FACTS {
            @Override
            void to(Path checkpoint) throws IOException {
                String facts = Files.readString(checkpoint.resolve(FACTS));
                Files.writeString(checkpoint.resolve(FACTS), facts.substring(0, facts.length() - 3));
            }
        },
        NO_CHECKSUM {
            @Override
            void to(Path checkpoint) throws IOException {
                without(checkpoint, "sha256");
            }
        },
        NO_STEP {
            @Override
            void to(Path checkpoint) throws IOException {
                without(checkpoint, "step");
            }
        },
        NO_RECIPE {
            @Override
            void to(Path checkpoint) throws IOException {
                without(checkpoint, "recipe");
            }
        },
        ANOTHER_STEP {
            @Override
            void to(Path checkpoint) throws IOException {
                ObjectNode facts = facts(checkpoint);
                facts.put("step", facts.path("step").asLong() + 1);
                JSON.writeValue(checkpoint.resolve(FACTS).toFile(), facts);
            }
        };

        abstract void to(Path checkpoint) throws IOException;

        private static ObjectNode facts(Path checkpoint) throws IOException {
            return (ObjectNode) JSON.readTree(checkpoint.resolve(FACTS).toFile());
        }

        private static void without(Path checkpoint, String key) throws IOException {
            ObjectNode facts = facts(checkpoint);
            assertThat(facts.remove(key)).isNotNull();
            JSON.writeValue(checkpoint.resolve(FACTS).toFile(), facts);
        }
    }

    private Checkpoint write(long step, int keep) throws IOException {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> state = Map.of("weight", Tensor.of(new float[] {step, -0.0f, Float.MIN_VALUE}, 3));
            return Checkpoint.write(folder, step, step / 2.0, recipe, state, Map.of("count", step), false, keep);
        }
    }

    private Checkpoint newest() {
        return Checkpoint.newest(folder, warnings::add);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatIsWrittenComesBack() throws IOException {
        Checkpoint written = write(7, 2);
        assertThat(newest()).isEqualTo(written);
        assertThat(written.seconds()).isEqualTo(3.5);
        assertThat(recipe.differencesFrom(written.recipe())).isEmpty();
        assertThat(written.values("")).containsOnlyKeys("weight");
        assertThat(written.values("").get("weight")).containsExactly(7, -0.0f, Float.MIN_VALUE);
        assertThat(written.facts().path("count").asInt()).isEqualTo(7);
        assertThat(names()).containsExactly("step-00000007");
        assertThat(warnings).isEmpty();
    }

    @Test
    void theNewestIsTheOneWithTheLargestStep() throws IOException {
        for (long step :
                new long[] {100_000_000, 99_999_999, 3}) { // the first has one digit more than names are padded to
            Path temporary = write(step, 9).folder();
            assertThat(temporary).isDirectory();
            Files.move(temporary, folder.resolveSibling(temporary.getFileName()));
        }
        for (String name : List.of("step-00000003", "step-99999999", "step-100000000")) {
            Files.move(folder.resolveSibling(name), folder.resolve(name));
        }
        assertThat(newest().step()).isEqualTo(100_000_000);
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedOneIsPassedOverWithOneLine(Damage damage) throws IOException {
        write(4, 3);
        write(8, 3);
        Path damaged = write(12, 3).folder();
        damage.to(damaged);

        assertThat(newest().step()).isEqualTo(8);
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(damaged.toString(), "damaged")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @EnumSource
    void withNoneWholeTheUserIsToldSo(Damage damage) throws IOException {
        damage.to(write(4, 3).folder());
        damage.to(write(8, 3).folder());
        assertThatThrownBy(this::newest)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no checkpoint in " + folder + " is whole")
                .message()
                .hasLineCount(1);
        assertThat(warnings).hasSize(2);
    }

    @Test
    void withoutAnyTheUserIsToldSo() {
        assertThatThrownBy(this::newest)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is no checkpoint in " + folder)
                .message()
                .hasLineCount(1);
    }

    @Test
    void theOldestBeyondThoseToKeepAreRemoved() throws IOException {
        for (int step = 1; step <= 5; step++) {
            write(step, 2);
        }
        assertThat(names()).containsExactly("step-00000004", "step-00000005");
        write(6, 1);
        assertThat(names()).containsExactly("step-00000006");
    }

    private long upTo(long step) {
        return Checkpoint.upTo(folder, step, warnings::add).step();
    }

    @Test
    void upToAStepIsTheNewestUpToItOrElseTheOldest() throws IOException {
        for (long step : new long[] {4, 8, 12}) {
            write(step, 9);
        }
        assertThat(upTo(11)).isEqualTo(8);
        assertThat(upTo(12)).isEqualTo(12);
        assertThat(upTo(3)).isEqualTo(4);
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void upToAStepPassesOverADamagedOneWithAWarning(Damage damage) throws IOException {
        write(4, 9);
        damage.to(write(8, 9).folder());
        write(12, 9);
        assertThat(upTo(11)).isEqualTo(4);
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("step-00000008 is damaged (")
                .endsWith("; trying that of step 4.");
    }

    @Test
    void upToAStepTakesALaterOneIfAllBeforeAreDamaged() throws IOException {
        Damage.MISSING_FACTS.to(write(4, 9).folder());
        Damage.FLIPPED_BIT.to(write(8, 9).folder());
        write(12, 9);
        write(16, 9);
        assertThat(upTo(9)).isEqualTo(12);
        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).endsWith("trying that of step 4.");
        assertThat(warnings.get(1)).contains("checkpoint.json is missing").endsWith("trying that of step 12.");
    }

    @Test
    void upToAStepWithoutAnyWholeOneIsTheUsersMistake() throws IOException {
        Complaint.of(() -> upTo(5)).startsWith("there is no checkpoint in " + folder);
        Damage.EMPTY_STATE.to(write(4, 9).folder());
        Complaint.of(() -> upTo(5)).startsWith("no checkpoint in " + folder + " is whole");
        assertThat(warnings).hasSize(1);
    }

    @Test
    void theNameOfAnUnfinishedOneIsNoLongerThanItsOwn() throws IOException {
        write(123_456_789, 1);
        assertThatThrownBy(() -> Checkpoint.write(folder, 987_654_321, 0, recipe, killed(), Map.of(), false, 1))
                .hasMessage("killed");
        assertThat(names()).containsExactly(".new-987654321", "step-123456789");
    }

    @Test
    void aKillWhileWritingTouchesNoOlderOne() throws IOException {
        write(1, 1);
        assertThatThrownBy(() -> Checkpoint.write(folder, 2, 0, recipe, killed(), Map.of(), false, 1))
                .hasMessage("killed");
        assertThat(names()).containsExactly(".new-00000002", "step-00000001");
        assertThat(newest().step()).isEqualTo(1);
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatAKillLeftIsCleanedByTheNextWriting() throws IOException {
        Files.createDirectories(folder.resolve(".new-00000002").resolve("deep"));
        Files.writeString(folder.resolve(".new-00000002").resolve("deep").resolve(STATE), "half");
        Files.createDirectories(folder.resolve(".new-00000003"));
        write(3, 2);
        assertThat(names()).containsExactly("step-00000003");
    }

    @Test
    void aKillWhileOneReplacesAnotherOfItsStepLosesNeither() throws IOException {
        Path first = write(1, 2).folder();
        Files.move(first, folder.resolve(".old-00000001")); // and killed before the new one had its name
        assertThat(newest().step()).isEqualTo(1);
        assertThat(Checkpoint.any(folder)).isTrue();

        Checkpoint.tidy(folder, 1, 2);
        assertThat(names()).containsExactly("step-00000001");
        assertThat(newest().step()).isEqualTo(1);

        write(1, 2);
        assertThat(names()).containsExactly("step-00000001");
        Files.createDirectories(folder.resolve(".old-00000001")); // and killed while the old one was removed
        write(2, 2);
        assertThat(names()).containsExactly("step-00000001", "step-00000002");
    }

    @Test
    void aRunThatWentOnFromBeforeADamagedOneDropsItAndKeepsTheNewOne() throws IOException {
        write(4, 1);
        Path damaged = write(12, 2).folder();
        Damage.FLIPPED_BIT.to(damaged);
        assertThat(newest().step()).isEqualTo(4);

        write(8, 1); // what is newer than this is not whole: the run went on from 4
        assertThat(newest().step()).isEqualTo(8);
        assertThat(names()).containsExactly("step-00000008");
    }

    @Test
    void whatIsNoCheckpointIsLeftAlone() throws IOException {
        write(1, 1);
        Files.createDirectories(folder.resolve("step-best"));
        Files.writeString(folder.resolve("notes.txt"), "mine");
        write(2, 1);
        assertThat(newest().step()).isEqualTo(2);
        assertThat(warnings).isEmpty();
        assertThat(names()).containsExactly("notes.txt", "step-00000002", "step-best");
    }

    @Test
    void restoringWantsEveryArrayInItsShapeAndChangesNoneOtherwise() throws IOException {
        Checkpoint checkpoint = write(9, 1);
        try (Scope scope = Scope.open()) {
            Tensor weight = Tensor.zeros(3);
            checkpoint.restore(Map.of("weight", weight));
            assertThat(weight.toArray()).containsExactly(9, -0.0f, Float.MIN_VALUE);

            Tensor untouched = Tensor.full(5, 3);
            Map<String, Tensor> more = Map.of("weight", untouched, "other", Tensor.zeros(3));
            assertThatThrownBy(() -> checkpoint.restore(more))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("lacks other");
            assertThat(untouched.toArray()).containsExactly(5, 5, 5);
            assertThatThrownBy(() -> checkpoint.restore(Map.of("weight", Tensor.zeros(1, 3))))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("lacks weight in the shape");
        }
    }

    @Test
    void theGeneratorIsTheAverageIfThereIsOne() throws IOException {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> plain = Map.of("generator.w", Tensor.full(1, 2));
            Checkpoint.write(folder, 1, 0, recipe, plain, Map.of(), false, 2);
            assertThat(newest().generator("generator", true).get("w")).containsExactly(1, 1);

            Map<String, Tensor> averaged = Map.of("generator.w", Tensor.full(1, 2), "ema.w", Tensor.full(2, 2));
            Checkpoint.write(folder, 2, 0, recipe, averaged, Map.of(), false, 2);
            assertThat(newest().generator("generator", true).get("w")).containsExactly(2, 2);
            assertThat(newest().generator("generator", false).get("w")).containsExactly(1, 1);
        }
    }

    /** A state whose second array is never reached. */
    private static Map<String, Tensor> killed() {
        return new AbstractMap<>() {
            @Override
            public Set<Entry<String, Tensor>> entrySet() {
                throw new IllegalStateException("killed");
            }
        };
    }
}
