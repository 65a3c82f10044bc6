package io.gander.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gander.architecture.Architectures;
import io.gander.data.DataListener;
import io.gander.download.FeatureWeights;
import io.gander.error.UserError;
import io.gander.file.Faults;
import io.gander.game.GameOptions;
import io.gander.game.StandardCatalogue;
import io.gander.generate.Generator;
import io.gander.generate.ImageTranslator;
import io.gander.image.PngWriter;
import io.gander.metric.Channels;
import io.gander.metric.PairMeasures;
import io.gander.modality.Image;
import io.gander.network.FeatureNetwork;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Precision;
import io.gander.recipe.Recipe;
import io.gander.run.Provenance;
import io.gander.run.RunDirectory;
import io.gander.tensor.Bfloat16;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges a run and keeps what was found in its directory: {@code evaluations.json}, {@code evaluation.png}, {@code report.html}. A
 * generator from pictures to pictures is measured on examples that it did not learn from, one from noise by its samples.
 */
public final class Evaluator {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What tells one evaluation in the run directory from another. */
    private static final List<String> CONDITIONS = List.of(
            "step", "weights", "precision", "data", "second", "input", "direction", "channels", "crop", "features");

    private static final List<String> SAMPLE_CONDITIONS =
            List.of("step", "weights", "precision", "data", "count", "repeats", "classifier");

    /** Of the samples that are measured. */
    private static final long SEED = 1;

    /** A classifier with less mean confidence in real examples has hardly learnt. */
    private static final double UNSURE = 0.8;

    private final RunDirectory run;
    private final Recipe recipe;
    private final EvaluateOptions options;
    private final EvaluateListener listener;

    private Evaluator(RunDirectory run, EvaluateOptions options, EvaluateListener listener) {
        this.run = run;
        this.recipe = run.recipe(StandardCatalogue.INSTANCE);
        this.options = options;
        this.listener = listener;
    }

    /**
     * Judges.
     *
     * @throws UserError if the run is not asked for the like, if there is nothing to judge it by, or if it cannot be written to; errors
     *     in {@code data}, {@code second} and {@code input} are {@linkplain UserError#subject about} data.path, data.second and input
     */
    public static Judgement judge(RunDirectory run, EvaluateOptions options, EvaluateListener listener) {
        Evaluator evaluator = new Evaluator(run, options, listener);
        boolean noise = !GameOptions.of(evaluator.recipe).translates();
        try {
            return noise ? evaluator.samples() : evaluator.pairs();
        } catch (IOException e) {
            throw Faults.cannotWrite("to the run directory " + run.path(), e, "then evaluate again");
        }
    }

    private Judgement samples() throws IOException {
        checkSampleOptions();
        Recipe judged = options.classifier() == null
                ? recipe
                : recipe.with("train.classifier", Recipe.quoted(whole(options.classifier())));
        try (Generator generator = Generator.open(run, options.weights())) {
            int repeats = options.repeats() == null ? 1 : options.repeats();
            SampleEvaluation evaluation =
                    SampleEvaluation.of(judged, generator, options.count(), repeats, SEED, listener);
            if (evaluation.count() < evaluation.protocol()) {
                listener.onWarning(String.format(
                        Locale.ROOT,
                        "%,d samples are too few to quote these numbers: distances grow and modes are missed with fewer;"
                                + " the protocol has %,d, which is the default of --count.",
                        evaluation.count(),
                        evaluation.protocol()));
            }
            warnOfFewRealExamples(evaluation);
            warnOfAnUnsureClassifier(evaluation.result());
            ObjectNode facts = facts(generator.step());
            facts.put("data", recipe.data().name().key());
            facts.put("count", evaluation.count());
            facts.put("seed", SEED);
            facts.put("real_count", evaluation.real());
            facts.put("reference_count", evaluation.reference());
            if (repeats > 1) {
                facts.put("repeats", repeats);
            }
            put(facts, "classifier", judged.rules().classifier());
            return keep(facts, SAMPLE_CONDITIONS, evaluation.result(), null);
        }
    }

    private void warnOfFewRealExamples(SampleEvaluation evaluation) {
        if (evaluation.real() > 0 && evaluation.real() < evaluation.count() && evaluation.reference() > 0) {
            listener.onWarning(String.format(
                    Locale.ROOT,
                    "the row 'real' has only %,d examples, and distances grow with fewer: it is not the best that %,d samples can reach.",
                    evaluation.real(),
                    evaluation.count()));
        }
    }

    private void warnOfAnUnsureClassifier(Map<String, Map<String, Double>> result) {
        double confidence = result.getOrDefault("real", Map.of()).getOrDefault("confidence", 1.0);
        if (confidence < UNSURE) {
            listener.onWarning(String.format(
                    Locale.ROOT,
                    "the classifier is unsure of real examples (mean confidence %.2f), so these numbers say little; train it longer.",
                    confidence));
        }
    }

    private void checkSampleOptions() {
        boolean pairs = options.data() != null || options.second() != null || options.input() != null;
        if (pairs || options.channels() != null || options.crop() != null || options.features() != null) {
            throw new UserError("this run makes its samples from noise, and they are compared with its own data:"
                    + " leave out --data, --second, --input, --on, --crop and --features.");
        }
        if (options.count() != null && options.count() < 1) {
            throw new UserError("--count must be at least 1; found " + options.count() + ".");
        }
        if (options.repeats() != null && options.repeats() < 1) {
            throw new UserError("--repeats must be at least 1; found " + options.repeats() + ".");
        }
    }

    private Judgement pairs() throws IOException {
        checkPairOptions();
        if (options.data() != null
                && Path.of(recipe.data().path())
                        .equals(options.data().toAbsolutePath().normalize())) {
            listener.onWarning("the generator was trained on these pictures; without --data it is measured on others.");
        }
        boolean unpaired = GameOptions.of(recipe).generators().size() > 1;
        // of unpaired pictures nobody knows what should come out; but those that went there and back should be as
        // before
        try (ImageTranslator there = unpaired ? open(options.back()) : null;
                ImageTranslator judged = open(unpaired != options.back());
                FeatureNetwork eyes =
                        features().isEmpty() ? null : FeatureNetwork.open(FeatureWeights.place(features()))) {
            Evaluation evaluation = new Evaluation(judged, new PairMeasures(channels(), crop(), eyes));
            each(listener, (trial, number, count) -> {
                evaluation.add(
                        there == null ? trial : new Trial(trial.name(), there.translate(trial.input()), trial.truth()));
                listener.onPicture(number, count);
            });
            each(DataListener.SILENT, (trial, number, count) -> evaluation.addMeanColour(trial.truth()));
            ObjectNode facts = facts(judged.step());
            facts.put("data", options.data() == null ? "held out" : whole(options.data()));
            put(facts, "second", options.second() == null ? "" : whole(options.second()));
            put(facts, "input", options.input() == null ? "" : whole(options.input()));
            facts.put("direction", options.back() ? "back" : "there");
            facts.put("channels", channels().name().toLowerCase(Locale.ROOT));
            facts.put("crop", crop());
            put(facts, "features", features());
            facts.put("count", evaluation.count());
            return keep(facts, CONDITIONS, evaluation.result(), evaluation);
        }
    }

    private void checkPairOptions() {
        String noise = options.count() != null
                ? "--count"
                : options.repeats() != null ? "--repeats" : options.classifier() != null ? "--classifier" : "";
        if (!noise.isEmpty()) {
            throw new UserError(noise + " is for runs that start from noise; this one makes pictures from pictures.");
        }
        if (options.crop() != null && options.crop() < 0) {
            throw new UserError("--crop must be at least 0; found " + options.crop() + ".");
        }
        if (options.data() == null && (options.input() != null || options.second() != null)) {
            throw new UserError((options.input() != null ? "--input" : "--second")
                    + " belongs to --data: say where the pictures are that should come out.");
        }
        if (options.input() != null && !atOwnScale()) {
            throw new UserError("--input is for runs that make pictures larger, or that learnt from tiles; "
                    + "for pairs name the other pictures with --second.");
        }
        if (options.second() != null && atOwnScale()) {
            throw new UserError(
                    "--second is for pairs; this run makes its inputs of the pictures in --data, or takes them"
                            + " from --input.");
        }
    }

    private ImageTranslator open(boolean back) {
        return ImageTranslator.open(
                run, new ImageTranslator.Options(options.weights(), back, ImageTranslator.Scale.TRAINED, false, 1));
    }

    private void each(DataListener heard, Trials.Taker taker) {
        Trials trials = new Trials(recipe, heard);
        if (options.data() == null) {
            JsonNode learntFrom = run.provenance().path("data");
            JsonNode set = options.back() ? learntFrom.path("second") : learntFrom;
            trials.heldOut(options.back() ? 1 : 0, set.path("sha256").asText(""), taker);
        } else if (atOwnScale()) {
            trials.whole(options.data(), options.input(), taker);
        } else {
            trials.prepared(options.data(), options.second(), taker);
        }
    }

    /** Whether pictures are tried as large as they are, not brought to the size of training. */
    private boolean atOwnScale() {
        boolean tiles = Image.of(recipe.data()).tiles() > 0 && recipe.data().pairs() == DataRecipe.Pairs.NONE;
        return tiles || scale() > 1;
    }

    private int scale() {
        return Architectures.translator(recipe).scale();
    }

    private Channels channels() {
        return options.channels() != null ? options.channels() : scale() > 1 ? Channels.Y : Channels.RGB;
    }

    private int crop() {
        return options.crop() != null ? options.crop() : scale() > 1 ? scale() : 0;
    }

    /** What the LPIPS-like distance looks with; empty for nothing. */
    private String features() {
        return options.features() != null
                ? options.features()
                : GameOptions.of(recipe).features();
    }

    private ObjectNode facts(long step) {
        ObjectNode facts = JSON.createObjectNode();
        facts.put("step", step);
        facts.put("weights", options.weights().average() ? "average" : "newest");
        Precision precision = Bfloat16.resolve(options.weights().precision());
        if (precision != Precision.FLOAT32) { // which those of before the choice do not say
            facts.put("precision", precision.key());
        }
        return facts;
    }

    private Judgement keep(
            ObjectNode facts,
            List<String> conditions,
            Map<String, Map<String, Double>> result,
            @Nullable Evaluation shown)
            throws IOException {
        facts.put("gander", Provenance.version());
        facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.set("result", JSON.valueToTree(result)); // an infinite PSNR becomes the text "Infinity"
        run.addEvaluation(facts, conditions);
        if (shown != null) {
            run.evaluationSheet(PngWriter.encode(shown.sheet(), Map.of()));
        }
        run.report(recipe, run.isLive());
        return new Judgement(facts, result, shown == null ? null : run.path().resolve("evaluation.png"));
    }

    private static String whole(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    private static void put(ObjectNode facts, String name, String value) {
        if (!value.isEmpty()) {
            facts.put(name, value);
        }
    }
}
