package io.gander.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.gander.error.UserError;
import io.gander.evaluate.EvaluateListener;
import io.gander.evaluate.EvaluateOptions;
import io.gander.evaluate.Evaluator;
import io.gander.evaluate.Judgement;
import io.gander.metric.Channels;
import io.gander.run.RunDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gander evaluate}. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures a run. A generator from pictures is measured on examples that it was not trained on, and compared with the "
                        + "input itself and with one plain colour. A generator from noise is measured by its samples, and compared with "
                        + "real examples. The result is stored in the run directory.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class EvaluateCommand implements Callable<Integer> {
    /** With --data, what stands for a recipe's keys; without, its own are meant. */
    private static final Map<String, String> OPTIONS =
            Map.of("data.path", "--data", "data.second", "--second", "input", "--input");

    @Parameters(paramLabel = "DIR", description = "a run directory")
    Path directory;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "use these pictures instead of the held-out ones; as for data.path")
    @Nullable
    Path data;

    @Option(names = "--second", paramLabel = "PATH", description = "the other pictures of pairs, as for data.second")
    @Nullable
    Path second;

    @Option(
            names = "--input",
            paramLabel = "PATH",
            description = "for super-resolution: the small pictures, in the same order; default: made from --data")
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
            description = "runs from noise: how many samples; default: as many as the papers use")
    @Nullable
    Integer count;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description =
                    "runs from noise: measure N times as many samples, in N disjoint sets, and show how much the numbers vary")
    @Nullable
    Integer repeats;

    @Option(
            names = "--classifier",
            paramLabel = "FILE",
            description = "runs from noise: a file made by 'gander classifier'; default train.classifier")
    @Nullable
    Path classifier;

    @Mixin
    WeightsOptions weights;

    @Option(names = "--back", description = "runs with game: unpaired: from the second set to the first")
    boolean back;

    @Mixin
    Answer answer;

    @Override
    public Integer call() {
        RunDirectory run = RunDirectory.open(directory);
        ProgressLine line = new ProgressLine(answer.out(), Terminal.detect());
        Judgement judgement;
        try {
            judgement = Evaluator.judge(run, options(), listener(line));
        } catch (UserError e) {
            throw data == null ? e : e.as(OPTIONS);
        }
        line.end();
        PrintWriter out = answer.out();
        if (answer.json) {
            out.println(Json.pretty(judgement.facts()));
        } else {
            print(out, judgement);
        }
        out.flush();
        return 0;
    }

    private EvaluateOptions options() {
        return new EvaluateOptions(
                weights.weights(answer::warn),
                back,
                data,
                second,
                input,
                on == null ? null : channels(on),
                crop,
                features,
                count,
                repeats,
                classifier);
    }

    private static Channels channels(String on) {
        return switch (on.toLowerCase(Locale.ROOT)) {
            case "rgb" -> Channels.RGB;
            case "y" -> Channels.Y;
            default -> throw new UserError("--on must be rgb or y; found '" + on + "'.");
        };
    }

    private EvaluateListener listener(ProgressLine line) {
        return new EvaluateListener() {
            @Override
            public void onWarning(String sentence) {
                answer.warn(sentence);
            }

            @Override
            public void onPicture(int number, int of) {
                if (!answer.json && line.due()) {
                    String text = "picture " + number + " of " + of;
                    line.show((double) number / of, text, text);
                }
            }
        };
    }

    private static void print(PrintWriter out, Judgement judgement) {
        JsonNode facts = judgement.facts();
        out.printf(Locale.ROOT, "step %d, ", facts.path("step").asLong());
        int count = facts.path("count").asInt();
        if (judgement.sheet() == null) {
            int repeats = facts.path("repeats").asInt(1);
            int real = facts.path("real_count").asInt();
            int reference = facts.path("reference_count").asInt();
            out.printf(
                    Locale.ROOT,
                    "%s%,d samples, %s weights%s%s%n",
                    repeats == 1 ? "" : repeats + " times ",
                    count,
                    facts.path("weights").asText(),
                    real == 0 ? "" : String.format(Locale.ROOT, "; %,d real examples", real),
                    reference == 0
                            ? ""
                            : String.format(Locale.ROOT, "; compared with %,d training examples", reference));
            printTable(out, judgement.result());
            return;
        }
        out.printf(
                Locale.ROOT,
                "%d pictures (%s), %s, crop %d%n",
                count,
                Terminal.plain(facts.path("data").asText()),
                facts.path("channels").asText(),
                facts.path("crop").asInt());
        printTable(out, judgement.result());
        out.println("l1, lpips: less is nearer; psnr (dB), ssim: more. Rows of the first: " + judgement.sheet());
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
