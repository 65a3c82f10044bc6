package io.gander.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gander.Tiny;
import io.gander.error.Complaint;
import io.gander.error.UserError;
import io.gander.game.StandardCatalogue;
import io.gander.recipe.Recipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    private final Path folder;
    private final Path path;
    private final Recipe recipe;

    RunDirectoryTest(@TempDir Path folder) {
        this.folder = folder;
        this.path = folder.resolve("runs").resolve("one");
        this.recipe = Tiny.dcgan(folder.resolve("my \"pictures\""));
    }

    private RunDirectory create() {
        return RunDirectory.create(path, recipe, Map.of("seed", 7), Map.of("shape", List.of(1, 8, 8)));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private static void refuses(Path path, Recipe recipe, String why) {
        assertThatThrownBy(() -> RunDirectory.create(path, recipe, Map.of(), Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(why)
                .message()
                .hasLineCount(1);
    }

    @Test
    void whatItWasMadeFromComesBack() throws IOException {
        create();
        RunDirectory run = RunDirectory.open(path);
        Recipe read = run.recipe(StandardCatalogue.INSTANCE);
        assertThat(read).isEqualTo(recipe);
        assertThat(read.name()).isEqualTo("mnist-dcgan");
        assertThat(run.provenance().path("seed").asInt()).isEqualTo(7);
        assertThat(run.codec().path("shape").toString()).isEqualTo("[1,8,8]");
        assertThat(run.classes()).isEmpty();
        assertThat(names(path)).containsExactly("codec.json", "provenance.json", "recipe.yaml", "samples");

        run.writeRecipe(recipe.with("train.steps", 99));
        assertThat(run.recipe(StandardCatalogue.INSTANCE).train().steps()).isEqualTo(99);
        assertThat(names(path)).containsExactly("codec.json", "provenance.json", "recipe.yaml", "samples");
    }

    @Test
    void anEmptyFolderWillDo() throws IOException {
        Files.createDirectories(path);
        create();
        assertThat(path.resolve("recipe.yaml")).exists();
    }

    @Test
    void aFolderThatIsNotEmptyIsRefusedAndLeftAsItWas() throws IOException {
        Files.createDirectories(path);
        Files.writeString(path.resolve("thesis.txt"), "mine");
        refuses(path, recipe, "is not empty: name another");
        assertThat(names(path)).containsExactly("thesis.txt");

        Files.delete(path.resolve("thesis.txt"));
        Files.createDirectories(path.resolve("samples"));
        Files.writeString(path.resolve("samples").resolve("drums.wav"), "mine");
        refuses(path, recipe, "is not empty: name another");
    }

    @Test
    void aRunThatExistsIsRefused() {
        create();
        refuses(path, recipe, "gander resume " + path);
    }

    @Test
    void aFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        refuses(file, recipe, "is a file");
        // A file in the way stops even the superuser, as no permissions do.
        refuses(file.resolve("run"), recipe, "cannot write to the run directory " + file.resolve("run"));
        assertThat(file).hasContent("mine");
    }

    @Test
    void onlyARunDirectoryOpens() throws IOException {
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> RunDirectory.open(absent))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is no run directory " + absent);
        Path other = Files.createDirectories(folder.resolve("other"));
        assertThatThrownBy(() -> RunDirectory.open(other))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not a run directory: it has no recipe.yaml");
    }

    @Test
    void freeNamesTheFirstThatDoesNotExist() throws IOException {
        assertThat(RunDirectory.free(folder, "a")).isEqualTo(folder.resolve("a-1"));
        Files.createDirectories(folder.resolve("a-1"));
        Files.createDirectories(folder.resolve("a-3"));
        assertThat(RunDirectory.free(folder, "a")).isEqualTo(folder.resolve("a-2"));
    }

    @Test
    void provenanceThatIsDamagedOrMissingIsEmpty() throws IOException {
        RunDirectory run = create();
        for (String damaged : List.of("", "{", "}{")) {
            Files.writeString(path.resolve("provenance.json"), damaged);
            assertThat(run.provenance().path("seed").isMissingNode()).isTrue();
            assertThat(run.recipe(StandardCatalogue.INSTANCE)).isEqualTo(recipe);
        }
        Files.delete(path.resolve("provenance.json"));
        assertThat(run.provenance().isEmpty()).isTrue();
    }

    @Test
    void samplesComeOldestFirstAndRewindingDropsTheLater() throws IOException {
        RunDirectory run = create();
        for (int step : new int[] {0, 30, 4, 200}) {
            run.sample(step, new byte[] {(byte) step});
            run.metrics().append(step, Map.of());
        }
        Files.writeString(path.resolve("samples").resolve(".~k1llk1llk1"), "half");
        assertThat(run.samples()).extracting(RunDirectory::stepOf).containsExactly(0L, 4L, 30L, 200L);
        assertThat(run.samples().get(2)).hasBinaryContent(new byte[] {30});

        run.rewindTo(30, 2);
        assertThat(run.samples()).extracting(RunDirectory::stepOf).containsExactly(0L, 4L, 30L);
        assertThat(run.metrics().rows()).extracting(row -> row.get("step")).containsExactly(0.0, 30.0, 4.0);
        assertThat(names(path.resolve("samples")))
                .containsExactly("step-00000000.png", "step-00000004.png", "step-00000030.png");
    }

    @Test
    void oneAtATimeTrains() throws Exception {
        RunDirectory run = create();
        try (AutoCloseable lock = run.lock()) {
            assertThatThrownBy(run::lock)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("another process is training in " + path);
        }
        run.lock().close();
    }

    @Test
    void aLockHoldsAcrossProcessesAndEndsWithItsOwners() throws Exception {
        RunDirectory run = create();
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("locked");
            assertThatThrownBy(run::lock).isInstanceOf(UserError.class).hasMessageContaining("another process");
        } finally {
            other.destroyForcibly().waitFor();
        }
        run.lock().close();
    }

    /** Another process: takes the lock, says so, and waits to be killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (AutoCloseable lock = RunDirectory.open(Path.of(arguments[0])).lock()) {
                System.out.println("locked");
                Thread.sleep(60_000);
            }
        }
    }

    private static ObjectNode evaluation(long step, double psnr) {
        return new ObjectMapper().createObjectNode().put("step", step).put("psnr", psnr);
    }

    @Test
    void anEvaluationOfTheSameConditionsTakesTheEarlierOnesPlace() throws IOException {
        RunDirectory run = create();
        assertThat(run.evaluations()).isEmpty();
        run.addEvaluation(evaluation(5, 20), List.of("step", "input"));
        run.addEvaluation(evaluation(6, 21), List.of("step", "input"));
        run.addEvaluation(evaluation(5, 22), List.of("step", "input"));
        assertThat(run.evaluations())
                .extracting(node -> node.path("psnr").asDouble())
                .containsExactly(21.0, 22.0);
        run.addEvaluation(evaluation(5, 23).put("input", "small"), List.of("step", "input"));
        run.addEvaluation(evaluation(5, Double.POSITIVE_INFINITY), List.of("step", "input"));
        assertThat(run.evaluations())
                .extracting(node -> node.path("psnr").asText())
                .containsExactly("21.0", "23.0", "Infinity");
    }

    @Test
    void damagedEvaluationsAreMeasuredAgain() throws IOException {
        RunDirectory run = create();
        Files.writeString(path.resolve("evaluations.json"), "[{\"step\": 5");
        assertThat(run.evaluations()).isEmpty();
        run.addEvaluation(evaluation(5, 20), List.of("step"));
        assertThat(run.evaluations()).hasSize(1);
    }

    @Test
    void theClassesComeBackInTheirOrder() throws IOException {
        RunDirectory run = RunDirectory.create(path, recipe, Map.of(), Map.of("classes", List.of("猫", "ant", "10")));

        assertThat(run.classes()).containsExactly("猫", "ant", "10");
        Files.writeString(path.resolve("codec.json"), "{\"classes\": [");
        Complaint.of(run::classes).contains("codec.json").contains("restore it from a copy");
    }
}
