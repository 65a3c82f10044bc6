package io.gander.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gander.architecture.Architectures;
import io.gander.data.DataListener;
import io.gander.download.FeatureWeights;
import io.gander.error.UserError;
import io.gander.evaluate.Evaluation;
import io.gander.evaluate.SampleEvaluation;
import io.gander.evaluate.Trial;
import io.gander.evaluate.Trials;
import io.gander.game.GameOptions;
import io.gander.game.StandardCatalogue;
import io.gander.generate.ImageGenerator;
import io.gander.generate.ImageTranslator;
import io.gander.metric.Channels;
import io.gander.metric.Measures;
import io.gander.network.FeatureNetwork;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gander evaluate}. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures a generator from pictures to pictures on examples that it did not learn from: those that its recipe held "
                        + "out, or others. Beside it stand the input itself and one plain colour. A generator from noise is measured by its "
                        + "samples; beside it stand real examples. The result is kept in the run directory.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class EvaluateCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What tells one evaluation in the run directory from another. */
    private static final List<String> CONDITIONS =
            List.of("step", "weights", "data", "second", "input", "direction", "channels", "crop", "features");

    private static final List<String> SAMPLE_CONDITIONS = List.of("step", "weights", "data", "count", "classifier");

    /** Of the samples that are measured. */
    private static final long SEED = 1;

    @Parameters(paramLabel = "DIR", description = "a run directory")
    Path directory;

    @Option(names = "--data", paramLabel = "PATH", description = "other pictures than those held out, as for data.path")
    @Nullable
    Path data;

    @Option(names = "--second", paramLabel = "PATH", description = "the other pictures of pairs, as for data.second")
    @Nullable
    Path second;

    @Option(
            names = "--input",
            paramLabel = "PATH",
            description = "for super-resolution: the small pictures, in the same order; else they are made of --data")
    @Nullable
    Path input;

    @Option(
            names = "--on",
            paramLabel = "rgb|y",
            description = "compare colours or luma (BT.601); default rgb, y for super-resolution")
    @Nullable
    String on;

    @Option(
            names = "--crop",
            paramLabel = "N",
            description = "pixels to leave out on every side; default 0, the scale for super-resolution")
    @Nullable
    Integer crop;

    @Option(
            names = "--features",
            paramLabel = "FILE|vgg19",
            description = "a feature network as safetensors, for the LPIPS-like distance; default objective.features")
    @Nullable
    String features;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "from noise: how many samples; default as many as the papers take")
    @Nullable
    Integer count;

    @Option(
            names = "--classifier",
            paramLabel = "FILE",
            description = "from noise: what 'gander classifier' made; default train.classifier")
    @Nullable
    Path classifier;

    @Option(names = "--step", paramLabel = "N", description = "the checkpoint of this step; default the newest")
    @Nullable
    Long step;

    @Option(names = "--back", description = "an unpaired run's other direction")
    boolean back;

    @Option(names = "--no-ema", description = "the newest weights instead of their moving average")
    boolean live;

    @Option(names = "--json", description = "print JSON")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RunDirectory run = RunDirectory.open(directory);
        Recipe recipe = run.recipe(StandardCatalogue.INSTANCE);
        if (!GameOptions.of(recipe).translates()) {
            measureSamples(run, recipe);
            return 0;
        }
        checkOptions();
        if (data != null
                && Path.of(recipe.data().path()).equals(data.toAbsolutePath().normalize())) {
            warn("the generator learnt from these pictures; what it was not shown is measured without --data.");
        }
        boolean unpaired = GameOptions.of(recipe).generators().size() > 1;
        // of unpaired pictures nobody knows what should come out; but those that went there and back should be as
        // before
        try (ImageTranslator there = unpaired ? open(run, back) : null;
                ImageTranslator judged = open(run, unpaired != back);
                Eyes eyes = eyes(recipe)) {
            int scale = Architectures.translator(recipe).scale();
            Channels channels = channels(scale);
            int border = crop != null ? crop : scale > 1 ? scale : 0;
            Evaluation evaluation = new Evaluation(judged, new Measures(channels, border, eyes.network));
            ProgressLine line = new ProgressLine(spec.commandLine().getOut(), Terminal.detect());
            each(run, recipe, (trial, number, count) -> {
                evaluation.add(
                        there == null ? trial : new Trial(trial.name(), there.translate(trial.input()), trial.truth()));
                if (!json && line.due()) {
                    String text = "picture " + number + " of " + count;
                    line.show((double) number / count, text, text);
                }
            });
            line.end();
            keep(run, recipe, judged.step(), channels, border, evaluation);
        }
        return 0;
    }

    private void measureSamples(RunDirectory run, Recipe recipe) throws IOException {
        for (Object other : new Object[] {data, second, input, on, crop, features}) {
            if (other != null) {
                throw new UserError("this run makes its samples from noise, and they are compared with its own data:"
                        + " leave out --data, --second, --input, --on, --crop and --features.");
            }
        }
        if (count != null && count < 1) {
            throw new UserError("--count must be at least 1; found " + count + ".");
        }
        Recipe judged = classifier == null ? recipe : recipe.with("train.classifier", Recipe.quoted(whole(classifier)));
        OptionalLong at = step == null ? OptionalLong.empty() : OptionalLong.of(step);
        try (ImageGenerator generator = ImageGenerator.open(run, at, !live, this::warn)) {
            SampleEvaluation evaluation = SampleEvaluation.of(judged, generator, count, SEED, listener());
            ObjectNode facts = JSON.createObjectNode();
            facts.put("step", generator.step());
            facts.put("weights", live ? "newest" : "average");
            facts.put("data", recipe.data().name().key());
            facts.put("count", evaluation.count());
            put(facts, "classifier", judged.rules().classifier());
            facts.set("result", JSON.valueToTree(evaluation.result()));
            run.addEvaluation(facts, SAMPLE_CONDITIONS);
            run.report(recipe);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Json.pretty(facts));
            } else {
                out.printf(
                        Locale.ROOT,
                        "step %d, %,d samples, %s weights%n",
                        generator.step(),
                        evaluation.count(),
                        facts.path("weights").asText());
                printTable(out, evaluation.result());
            }
            out.flush();
        }
    }

    private void checkOptions() {
        if (count != null || classifier != null) {
            throw new UserError((count != null ? "--count" : "--classifier")
                    + " is for runs that start from noise; this one makes pictures from pictures.");
        }
        if (crop != null && crop < 0) {
            throw new UserError("--crop must be at least 0; found " + crop + ".");
        }
        if (data == null && (input != null || second != null)) {
            throw new UserError((input != null ? "--input" : "--second")
                    + " belongs to --data: say where the pictures are that should come out.");
        }
    }

    private ImageTranslator open(RunDirectory run, boolean direction) {
        OptionalLong at = step == null ? OptionalLong.empty() : OptionalLong.of(step);
        ImageTranslator.Options options =
                new ImageTranslator.Options(direction, !live, at, ImageTranslator.Scale.TRAINED, false, 1);
        return ImageTranslator.open(run, options, this::warn);
    }

    private void warn(String warning) {
        spec.commandLine().getErr().println("warning: " + Terminal.plain(warning));
    }

    /** What the LPIPS-like distance looks with, if anything. */
    private record Eyes(@Nullable FeatureNetwork network) implements AutoCloseable {
        @Override
        public void close() {
            if (network != null) {
                network.close();
            }
        }
    }

    private Eyes eyes(Recipe recipe) {
        String named = features(recipe);
        return new Eyes(named.isEmpty() ? null : FeatureNetwork.open(FeatureWeights.place(named)));
    }

    private String features(Recipe recipe) {
        return features != null ? features : GameOptions.of(recipe).features();
    }

    private Channels channels(int scale) {
        if (on == null) {
            return scale > 1 ? Channels.Y : Channels.RGB;
        }
        return switch (on.toLowerCase(Locale.ROOT)) {
            case "rgb" -> Channels.RGB;
            case "y" -> Channels.Y;
            default -> throw new UserError("--on must be rgb or y; found '" + on + "'.");
        };
    }

    private DataListener listener() {
        return new DataListener() {
            @Override
            public void onWarning(String sentence) {
                warn(sentence);
            }
        };
    }

    private void each(RunDirectory run, Recipe recipe, Trials.Taker taker) {
        Trials trials = new Trials(recipe, listener());
        boolean tiles = recipe.data().tiles() > 0 && recipe.data().pairs() == DataRecipe.Pairs.NONE;
        boolean atOwnScale = tiles || Architectures.translator(recipe).scale() > 1;
        if (input != null && !atOwnScale) {
            throw new UserError("--input is for runs that make pictures larger, or that learnt from tiles; "
                    + "for pairs name the other pictures with --second.");
        }
        if (second != null && atOwnScale) {
            throw new UserError(
                    "--second is for pairs; this run makes its inputs of the pictures in --data, or takes them"
                            + " from --input.");
        }
        if (data == null) {
            JsonNode learntFrom = run.provenance().path("data");
            trials.heldOut(
                    back ? 1 : 0,
                    (back ? learntFrom.path("second") : learntFrom)
                            .path("sha256")
                            .asText(""),
                    taker);
        } else if (atOwnScale) {
            trials.whole(data, input, taker);
        } else {
            trials.prepared(data, second, taker);
        }
    }

    private void keep(RunDirectory run, Recipe recipe, long at, Channels channels, int border, Evaluation evaluation)
            throws IOException {
        ObjectNode facts = JSON.createObjectNode();
        facts.put("step", at);
        facts.put("weights", live ? "newest" : "average");
        facts.put("data", data == null ? "held out" : whole(data));
        put(facts, "second", second == null ? "" : whole(second));
        put(facts, "input", input == null ? "" : whole(input));
        facts.put("direction", back ? "back" : "there");
        facts.put("channels", channels.name().toLowerCase(Locale.ROOT));
        facts.put("crop", border);
        put(facts, "features", features(recipe));
        facts.put("count", evaluation.count());
        Map<String, Map<String, Double>> result = evaluation.result();
        facts.set("result", JSON.valueToTree(result)); // an infinite PSNR becomes the text "Infinity"
        run.addEvaluation(facts, CONDITIONS);
        run.evaluationSheet(evaluation.sheet().grid(3));
        run.report(recipe);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(facts));
        } else {
            print(out, facts, result);
        }
        out.flush();
    }

    private static String whole(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    private static void put(ObjectNode facts, String name, String value) {
        if (!value.isEmpty()) {
            facts.put(name, value);
        }
    }

    private void print(PrintWriter out, ObjectNode facts, Map<String, Map<String, Double>> result) {
        out.printf(
                Locale.ROOT,
                "step %d, %d pictures (%s), %s, crop %d%n",
                facts.path("step").asLong(),
                facts.path("count").asInt(),
                Terminal.plain(facts.path("data").asText()),
                facts.path("channels").asText(),
                facts.path("crop").asInt());
        printTable(out, result);
        out.println("l1, lpips: less is nearer; psnr (dB), ssim: more. Rows of the first: "
                + directory.resolve("evaluation.png"));
    }

    private static void printTable(PrintWriter out, Map<String, Map<String, Double>> result) {
        out.printf("%-12s", "");
        result.values().iterator().next().keySet().forEach(measure -> out.printf("%12s", measure));
        out.println();
        result.forEach((row, values) -> {
            out.printf("%-12s", row);
            values.values()
                    .forEach(value -> out.printf(
                            "%12s", Double.isInfinite(value) ? "inf" : String.format(Locale.ROOT, "%.4f", value)));
            out.println();
        });
    }
}
