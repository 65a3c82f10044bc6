package io.gander.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gander.data.DataListener;
import io.gander.download.FeatureWeights;
import io.gander.error.UserError;
import io.gander.evaluate.Channels;
import io.gander.evaluate.Evaluation;
import io.gander.evaluate.Measures;
import io.gander.evaluate.Trial;
import io.gander.evaluate.Trials;
import io.gander.generate.ImageTranslator;
import io.gander.network.Architectures;
import io.gander.network.FeatureNetwork;
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
import java.util.function.Consumer;
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
        description = {
            "Measures a generator from pictures to pictures on examples that it did not learn from: those that its recipe held",
            "out, or others. Beside it stand the input itself and one plain colour. The result is kept in the run directory."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class EvaluateCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

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
        Recipe recipe = run.recipe(new Architectures());
        boolean unpaired = recipe.game() == Recipe.Game.UNPAIRED;
        try (ImageTranslator there = open(run, back);
                ImageTranslator home = open(run, unpaired != back);
                Eyes eyes = eyes(recipe)) {
            int scale = Architectures.translator(recipe).scale();
            Channels channels = channels(scale);
            int border = crop != null ? crop : scale > 1 ? scale : 0;
            Evaluation evaluation = new Evaluation(home, new Measures(channels, border, eyes.network));
            // of unpaired pictures nobody knows what should come out; but those that went there and back should be as
            // before
            each(
                    recipe,
                    trial -> evaluation.add(
                            unpaired ? new Trial(trial.name(), there.translate(trial.input()), trial.truth()) : trial));
            keep(run, recipe, home.step(), channels, border, evaluation);
        }
        return 0;
    }

    private ImageTranslator open(RunDirectory run, boolean direction) {
        OptionalLong at = step == null ? OptionalLong.empty() : OptionalLong.of(step);
        ImageTranslator.Options options =
                new ImageTranslator.Options(direction, !live, at, ImageTranslator.Scale.TRAINED, false, 1);
        return ImageTranslator.open(run, options, this::warn);
    }

    private void warn(String warning) {
        spec.commandLine().getErr().println("warning: " + warning);
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
        String named = features != null ? features : recipe.objective().features();
        return new Eyes(named.isEmpty() ? null : FeatureNetwork.open(FeatureWeights.place(named)));
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

    private void each(Recipe recipe, Consumer<Trial> consumer) {
        Trials trials = new Trials(recipe, listener());
        boolean atOwnScale =
                recipe.data().tiles() > 0 || Architectures.translator(recipe).scale() > 1;
        if (data == null) {
            trials.heldOut(back ? 1 : 0, consumer);
        } else if (atOwnScale) {
            trials.whole(data, input, consumer);
        } else {
            trials.prepared(data, second, consumer);
        }
    }

    private void keep(RunDirectory run, Recipe recipe, long at, Channels channels, int border, Evaluation evaluation)
            throws IOException {
        ObjectNode facts = JSON.createObjectNode();
        facts.put("step", at);
        facts.put("weights", live ? "newest" : "average");
        facts.put(
                "data",
                data == null ? "held out" : data.toAbsolutePath().normalize().toString());
        facts.put("direction", back ? "back" : "there");
        facts.put("channels", channels.name().toLowerCase(Locale.ROOT));
        facts.put("crop", border);
        facts.put("count", evaluation.count());
        Map<String, Map<String, Double>> result = evaluation.result();
        facts.set("result", JSON.valueToTree(result));
        run.addEvaluation(facts, List.of("step", "weights", "data", "direction", "channels", "crop"));
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

    private void print(PrintWriter out, ObjectNode facts, Map<String, Map<String, Double>> result) {
        out.printf(
                Locale.ROOT,
                "step %d, %d pictures (%s), %s, crop %d%n",
                facts.path("step").asLong(),
                facts.path("count").asInt(),
                Terminal.plain(facts.path("data").asText()),
                facts.path("channels").asText(),
                facts.path("crop").asInt());
        out.printf("%-12s", "");
        result.get("output").keySet().forEach(measure -> out.printf("%10s", measure));
        out.println();
        result.forEach((row, values) -> {
            out.printf("%-12s", row);
            values.values().forEach(value -> out.printf(Locale.ROOT, "%10.4f", value));
            out.println();
        });
        out.println("l1, lpips: less is nearer; psnr (dB), ssim: more. Rows of the first: "
                + directory.resolve("evaluation.png"));
    }
}
