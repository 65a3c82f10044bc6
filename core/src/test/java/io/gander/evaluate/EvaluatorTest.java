package io.gander.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.gander.Gander;
import io.gander.Tiny;
import io.gander.error.Complaint;
import io.gander.game.StandardCatalogue;
import io.gander.generate.Weights;
import io.gander.recipe.Precision;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judging a run by a call. */
class EvaluatorTest {
    private final Path folder;

    EvaluatorTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private RunDirectory restorer() {
        Path pictures = Tiny.pictures(folder.resolve("pictures"));
        Recipe recipe = Recipe.parse(
                "restore", """
                game: paired
                data: {path: %s, size: 16, channels: 3, held-out: 20}
                degrade: {noise: 30}
                generator: {architecture: unet, width: 2}
                discriminator: {architecture: patchgan, width: 2, layers: 1}
                train: {steps: 2, batch: 4, threads: 1, samples: 2}
                """.formatted(Tiny.quoted(pictures.toString())), "restore", StandardCatalogue.INSTANCE);
        return RunDirectory.open(Gander.train(recipe, folder.resolve("restore")).run());
    }

    private RunDirectory ring() {
        return points("ring");
    }

    private RunDirectory points(String set) {
        Recipe recipe = Gander.recipe("ring-plain")
                .with("data.name", set)
                .with("train.steps", 2)
                .with("generator.hidden", "[4]")
                .with("discriminator.hidden", "[4]");
        return RunDirectory.open(Gander.train(recipe, folder.resolve(set)).run());
    }

    @Test
    void aPairedRunIsJudgedByWhatWasHeldOut() {
        RunDirectory run = restorer();
        List<Integer> heard = new ArrayList<>();
        Judgement judgement = Evaluator.judge(run, EvaluateOptions.DEFAULT, new EvaluateListener() {
            @Override
            public void onPicture(int number, int count) {
                heard.add(number);
                assertThat(count).isEqualTo(4);
            }
        });

        assertThat(heard).containsExactly(1, 2, 3, 4);
        assertThat(judgement.result().keySet()).containsExactly("output", "input", "mean colour");
        assertThat(judgement.result().getOrDefault("mean colour", Map.of())).containsOnlyKeys("l1", "psnr", "ssim");
        assertThat(judgement.sheet())
                .isEqualTo(run.path().resolve("evaluation.png"))
                .exists();
        assertThat(run.evaluations())
                .singleElement()
                .hasToString(judgement.facts().toString());
        assertThat(run.path().resolve("report.html")).content().contains("\"mean colour\":{\"l1\":");
    }

    /** Although the truths come twice. */
    @Test
    void aWarningIsSaidOnce() {
        RunDirectory run = restorer();
        Tiny.pictures(folder.resolve("pictures/more"));
        List<String> warnings = new ArrayList<>();
        Evaluator.judge(run, EvaluateOptions.DEFAULT, new EvaluateListener() {
            @Override
            public void onWarning(String sentence) {
                warnings.add(sentence);
            }
        });

        assertThat(warnings).singleElement().asString().contains("the data changed");
    }

    @Test
    void aRunFromNoiseIsJudgedByItsSamples() {
        RunDirectory run = ring();
        Judgement judgement = Gander.evaluate(run.path(), EvaluateOptions.DEFAULT);

        assertThat(judgement.result().keySet()).containsExactly("samples", "real");
        assertThat(judgement.result().getOrDefault("real", Map.of()))
                .containsEntry("modes", 8.0)
                .containsOnlyKeys("modes", "good", "reverse_kl", "js");
        assertThat(judgement.facts().path("count").asInt()).isEqualTo(2500);
        assertThat(judgement.sheet()).isNull();
        assertThat(run.evaluations())
                .singleElement()
                .hasToString(judgement.facts().toString());
    }

    /** Of two numbers a and b the deviation is |a − b| / √2, and the mean is as far from each. */
    @Test
    void repeatsMeasureOtherSamples() {
        RunDirectory run = ring();
        Map<String, Map<String, Double>> once = judged(run, 1).result();
        Map<String, Map<String, Double>> twice = judged(run, 2).result();

        assertThat(twice.keySet()).containsExactly("samples", "deviation", "real");
        double a = once.getOrDefault("samples", Map.of()).getOrDefault("js", Double.NaN);
        double mean = twice.getOrDefault("samples", Map.of()).getOrDefault("js", Double.NaN);
        double deviation = twice.getOrDefault("deviation", Map.of()).getOrDefault("js", Double.NaN);
        assertThat(deviation).isPositive().isCloseTo(Math.sqrt(2) * Math.abs(mean - a), offset(1e-12));
        assertThat(run.evaluations()).hasSize(2);
        Complaint.of(() -> judged(run, 0)).contains("--repeats must be at least 1; found 0.");
    }

    private static Judgement judged(RunDirectory run, int repeats) {
        return Evaluator.judge(
                run, EvaluateOptions.DEFAULT.withCount(100).withRepeats(repeats), EvaluateListener.SILENT);
    }

    /** What is compared with itself would be perfect. */
    @Test
    void realPointsAreNotThoseThatAllAreComparedWith() {
        Judgement judgement = Gander.evaluate(points("moons").path(), EvaluateOptions.DEFAULT);

        assertThat(judgement.facts().path("reference_count").asInt()).isPositive();
        assertThat(judgement.facts().path("real_count").asInt()).isEqualTo(2500);
        assertThat(judgement.result().getOrDefault("real", Map.of()).getOrDefault("js", Double.NaN))
                .isBetween(1e-6, 0.1);
    }

    @Test
    void eachPrecisionKeepsItsOwnResult() {
        RunDirectory run = ring();
        for (Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16, Precision.FLOAT32)) {
            Weights weights = Weights.NEWEST.in(precision);
            Evaluator.judge(run, EvaluateOptions.DEFAULT.withWeights(weights).withCount(100), EvaluateListener.SILENT);
        }
        assertThat(run.evaluations())
                .extracting(evaluation -> evaluation.path("precision").asText("float32"))
                .containsExactly("bfloat16", "float32");
    }

    @Test
    void aGeneratorWhoseTrainingWentWrongIsNamed() throws IOException {
        RunDirectory run = ring();
        Recipe recipe = run.recipe(StandardCatalogue.INSTANCE);
        Map<String, Tensor> state = new LinkedHashMap<>();
        run.newestWholeCheckpoint(warning -> {})
                .arrays(name -> true)
                .forEach((name, array) ->
                        state.put(name, Tensor.zeros(array.sizes()).fill(Double.NaN)));
        run.checkpoint(3, 1, recipe, state, Map.of(), false);

        Complaint.of(() -> Evaluator.judge(run, EvaluateOptions.DEFAULT, EvaluateListener.SILENT))
                .contains("the generator of step 3 makes NaN or infinite numbers", "--step");
        assertThat(run.evaluations()).isEmpty();

        EvaluateOptions earlier =
                EvaluateOptions.DEFAULT.withWeights(Weights.NEWEST.at(2)).withCount(100);
        assertThat(Evaluator.judge(run, earlier, EvaluateListener.SILENT)
                        .result()
                        .keySet())
                .contains("samples");
    }
}
