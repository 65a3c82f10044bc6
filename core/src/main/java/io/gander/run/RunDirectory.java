package io.gander.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gander.error.ShellCommand;
import io.gander.error.UserError;
import io.gander.file.Faults;
import io.gander.file.WholeFile;
import io.gander.recipe.Catalogue;
import io.gander.recipe.Recipe;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A run on the disk, the contract between training and everything after it:
 *
 * <pre>
 * recipe.yaml       resolved: every key, defaults included
 * codec.json        what was fitted to the data: the shape of an example, the classes
 * provenance.json   versions, seed, the data's fingerprint, the machine
 * metrics.jsonl     one JSON object a line
 * events.jsonl      warnings, such as what the guard said and did, and that it diverged, one JSON object a line
 * samples/          step-00000500.png, the same latents every time
 * training.png      the samples one after the other, an animation
 * checkpoints/      step-00000500/{state.safetensors, checkpoint.json}
 * evaluations.json  what 'gander evaluate' measured, with evaluation.png, its sheet
 * report.html       a verdict, curves and samples; opens from the disk, follows a run that goes on
 * </pre>
 *
 * Nothing in it can run code when it is read.
 */
public final class RunDirectory {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String RECIPE = "recipe.yaml";
    static final String PROVENANCE = "provenance.json";
    static final String CODEC = "codec.json";
    static final String EVALUATIONS = "evaluations.json";
    static final String EVALUATION_SHEET = "evaluation.png";
    private static final String ANIMATION = "training.png";
    static final String EVENTS = "events.jsonl";
    static final String METRICS = "metrics.jsonl";
    static final String CHECKPOINTS = "checkpoints";
    static final String SAMPLES = "samples";
    private static final String SAMPLE_PREFIX = "step-";

    private final Path path;

    private RunDirectory(Path path) {
        this.path = path;
    }

    /** The first of {@code parent/NAME-1, NAME-2, …} that does not exist. */
    public static Path free(Path parent, String name) {
        for (int i = 1; ; i++) {
            Path candidate = parent.resolve(name + "-" + i);
            if (!Files.exists(candidate)) {
                return candidate;
            }
        }
    }

    /**
     * Starts a run in a folder that is empty or does not exist.
     *
     * @param recipe written resolved, with its name
     * @param provenance facts by name, written as JSON
     * @param codec what was fitted to the data, written as JSON
     */
    public static RunDirectory create(
            Path path, Recipe recipe, Map<String, Object> provenance, Map<String, Object> codec) {
        try {
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw new UserError("--run " + path + " is a file; name a folder that does not exist yet.");
            }
            Files.createDirectories(path);
            try (Stream<Path> entries = Files.list(path)) {
                if (entries.findAny().isPresent()) {
                    String other = "the run directory '" + path + "' is not empty: name another";
                    throw new UserError(
                            Files.exists(path.resolve(RECIPE))
                                    ? other + ", or go on there: " + ShellCommand.of("resume", path)
                                    : other + ".");
                }
            }
            Files.createDirectory(path.resolve(SAMPLES));
            RunDirectory run = new RunDirectory(path);
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("recipe", recipe.name());
            facts.putAll(provenance);
            run.replace(PROVENANCE, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(facts));
            run.replace(CODEC, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(codec));
            run.writeRecipe(recipe);
            return run;
        } catch (IOException e) {
            throw new UserError(
                    "cannot write to the run directory " + path + " "
                            + Faults.writing(path, e, "or choose another with --run"),
                    e);
        }
    }

    /** Opens a run that exists. */
    public static RunDirectory open(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new UserError(path + " is a file, not a run directory.");
        }
        if (!Files.isDirectory(path)) {
            throw new UserError("there is no run directory " + path
                    + (path.isAbsolute() ? "" : " in " + Path.of("").toAbsolutePath()) + "; '"
                    + ShellCommand.of("runs", "DIR")
                    + "' lists the runs in a folder.");
        }
        if (!Files.isRegularFile(path.resolve(RECIPE))) {
            throw new UserError(path + " is not a run directory: it has no " + RECIPE + ".");
        }
        return new RunDirectory(path);
    }

    public Path path() {
        return path;
    }

    /** The run's recipe as it stands in its file now. */
    public Recipe recipe(Catalogue catalogue) {
        Path file = path.resolve(RECIPE);
        try {
            String name = provenance().path("recipe").asText("run");
            return Recipe.parse(name, Files.readString(file), file.toString(), catalogue);
        } catch (IOException e) {
            throw Faults.cannotRead(file, e);
        }
    }

    /** Replaces the recipe's file: when a run goes on with more steps. */
    public void writeRecipe(Recipe recipe) throws IOException {
        String head = "# The recipe of this run, resolved: every key, defaults included.\n";
        WholeFile.write(path.resolve(RECIPE), head + recipe.toYaml());
    }

    /** What the run was made from and on; empty if the file is missing or damaged. */
    public JsonNode provenance() {
        try {
            return JSON.readTree(Files.readAllBytes(path.resolve(PROVENANCE)));
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    /**
     * What was fitted to the data.
     *
     * @throws UserError if the file is missing or damaged
     */
    public JsonNode codec() {
        Path file = path.resolve(CODEC);
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UserError(
                    "cannot read " + file + " (" + Faults.why(e) + "): restore it from a copy, or train a new run.", e);
        }
    }

    /** The names of the classes that the game is played with; empty for none. */
    public List<String> classes() {
        List<String> classes = new ArrayList<>();
        codec().path("classes").forEach(name -> classes.add(name.asText()));
        return classes;
    }

    public Metrics metrics() {
        return new Metrics(path.resolve(METRICS));
    }

    /** Saves a grid of samples, a PNG file. */
    public void sample(long step, byte[] png) throws IOException {
        replace("samples/" + SAMPLE_PREFIX + String.format(Locale.ROOT, "%08d", step) + ".png", png);
    }

    /**
     * Keeps the sample grids one after the other in {@code training.png}, if there are several.
     *
     * @param encoder makes an animation of PNG files
     */
    public void animate(Function<List<byte[]>, byte[]> encoder) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        for (Path sample : samples()) {
            frames.add(Files.readAllBytes(sample));
        }
        if (frames.size() > 1) {
            replace(ANIMATION, encoder.apply(frames));
        }
    }

    /** The sample grids, oldest first. */
    public List<Path> samples() {
        Path folder = path.resolve(SAMPLES);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(SAMPLE_PREFIX + "\\d+\\.png"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Faults.cannotList(folder, e);
        }
    }

    /** The step of a sample grid, from its name. */
    public static long stepOf(Path sample) {
        return Long.parseLong(sample.getFileName().toString().replaceAll("\\D", ""));
    }

    /**
     * Saves a state; see {@link Checkpoint}.
     *
     * @param facts what is kept beside it, by name, as JSON
     * @param stage whether it ends the first stage of a training: it stays, for it is a result of its own
     */
    public Checkpoint checkpoint(
            long step,
            double seconds,
            Recipe recipe,
            Map<String, Tensor> state,
            Map<String, Object> facts,
            boolean stage)
            throws IOException {
        return Checkpoint.write(
                path.resolve(CHECKPOINTS),
                step,
                seconds,
                recipe,
                state,
                facts,
                stage,
                recipe.train().keepCheckpoints());
    }

    /**
     * The newest checkpoint.
     *
     * @throws UserError if there is none, or if it is damaged
     */
    public Checkpoint newestCheckpoint() {
        return Checkpoint.newest(path.resolve(CHECKPOINTS));
    }

    /** The newest whole checkpoint; each damaged one that is passed over gives a sentence. */
    public Checkpoint newestWholeCheckpoint(Consumer<String> warnings) {
        return Checkpoint.newest(path.resolve(CHECKPOINTS), warnings);
    }

    /**
     * The checkpoint of a step.
     *
     * @throws UserError if there is none, or if it is damaged
     */
    public Checkpoint checkpointAt(long step) {
        return Checkpoint.at(path.resolve(CHECKPOINTS), step);
    }

    /**
     * The newest whole checkpoint up to a step; if none is left, the oldest whole one. Each damaged one that is passed over gives
     * a sentence.
     *
     * @throws UserError if there is none
     */
    public Checkpoint checkpointUpTo(long step, Consumer<String> warnings) {
        return Checkpoint.upTo(path.resolve(CHECKPOINTS), step, warnings);
    }

    /** Adds a line to {@code events.jsonl}: what happened to the run, beside its metrics. */
    public void log(Map<String, Object> event) throws IOException {
        events().append(event);
    }

    Events events() {
        return new Events(path.resolve(EVENTS));
    }

    /**
     * Drops what was written after a step and will be written again (metrics, samples), that the run diverged, and what a
     * kill left half done. For whoever holds the {@link #lock}.
     *
     * @param keep how many of the newest checkpoints stay
     */
    public void rewindTo(long step, int keep) throws IOException {
        metrics().truncateAfter(step);
        events().forgetDivergence();
        for (Path sample : samples()) {
            if (stepOf(sample) > step) {
                Files.delete(sample);
            }
        }
        Checkpoint.tidy(path.resolve(CHECKPOINTS), step, keep);
        WholeFile.sweep(path);
        WholeFile.sweep(path.resolve(SAMPLES));
    }

    /** Whether there is any checkpoint, whole or damaged. */
    public boolean hasCheckpoint() {
        return Checkpoint.any(path.resolve(CHECKPOINTS));
    }

    /** What was measured of the run's generator, newest last; empty if nothing was. */
    public List<JsonNode> evaluations() {
        Path file = path.resolve(EVALUATIONS);
        List<JsonNode> all = new ArrayList<>();
        if (Files.exists(file)) {
            try {
                JSON.readTree(Files.readAllBytes(file)).forEach(all::add);
            } catch (IOException e) {
                all.clear(); // damaged; it can be measured again
            }
        }
        return all;
    }

    /**
     * Keeps a measurement beside the earlier ones; one of the same conditions takes the earlier one's place.
     *
     * @param conditions names of the fields that tell measurements apart
     */
    public void addEvaluation(ObjectNode evaluation, List<String> conditions) throws IOException {
        ArrayNode all = JSON.createArrayNode();
        for (JsonNode earlier : evaluations()) {
            boolean same =
                    conditions.stream() // as text, for a number that was read is of another type than one that was set
                            .allMatch(key -> earlier.path(key)
                                    .asText()
                                    .equals(evaluation.path(key).asText()));
            if (!same) {
                all.add(earlier);
            }
        }
        all.add(evaluation);
        replace(EVALUATIONS, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
    }

    /** Keeps the sheet of the newest measurement, a PNG file: input, output, truth. */
    public void evaluationSheet(byte[] png) throws IOException {
        replace(EVALUATION_SHEET, png);
    }

    /** The newest step of which something was kept: numbers, or samples at the end of a session. */
    public long step() {
        List<Map<String, Double>> rows = metrics().rows();
        double logged = rows.isEmpty() ? 0 : rows.get(rows.size() - 1).getOrDefault("step", 0.0);
        List<Path> samples = samples();
        long sampled = samples.isEmpty() ? 0 : stepOf(samples.get(samples.size() - 1));
        return Math.max((long) logged, sampled);
    }

    /**
     * Writes {@code report.html} from what the directory holds.
     *
     * @param live whether the training goes on, so that the page should look for news
     */
    public void report(Recipe recipe, boolean live) throws IOException {
        WholeFile.write(path.resolve("report.html"), Report.html(this, recipe, live));
    }

    /**
     * Keeps other processes from training in this directory until closed. The operating system lets go of it when this
     * process ends, however it ends.
     */
    public AutoCloseable lock() throws IOException {
        return RunLock.take(path);
    }

    /** Whether the run ended with numbers that are not finite. */
    public boolean hasDiverged() {
        return events().all().stream().anyMatch(Events::isDivergence);
    }

    /** Whether a training goes on here, in this process or another. */
    public boolean isLive() throws IOException {
        return RunLock.isHeld(path);
    }

    private void replace(String name, byte[] content) throws IOException {
        WholeFile.write(path.resolve(name), content);
    }
}
