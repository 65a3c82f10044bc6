package io.gander.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gander.error.UserError;
import io.gander.file.Faults;
import io.gander.file.Folders;
import io.gander.file.Sha256;
import io.gander.file.WholeFile;
import io.gander.recipe.Recipe;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Safetensors;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The state of a run after a step: the folder {@code checkpoints/step-00003000} with {@code state.safetensors} and
 * {@code checkpoint.json}, which holds the step, the recipe, the state's SHA-256 and further facts. It is written beside its place and
 * renamed, so a folder with that name is whole, or was damaged later, which the checksum tells.
 *
 * @param folder where it lies
 * @param step rounds that had been played
 * @param seconds that training had taken
 * @param recipe the run's recipe, flat, as text
 * @param facts what else a training remembers, by name: numbers that float32 cannot hold
 */
public record Checkpoint(Path folder, long step, double seconds, Map<String, String> recipe, JsonNode facts) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATE = "state.safetensors";
    private static final String FACTS = "checkpoint.json";
    private static final String PREFIX = "step-";
    /** A file in the checkpoint that ends the first stage of a training: it stays, for it is a result of its own. */
    private static final String STAGE = "end-of-pretraining";

    /** No longer than a whole one's name. */
    private static final String UNFINISHED = ".new-";

    /** One that makes room for another of its step; it counts until that one has its name. */
    private static final String REPLACED = ".old-";

    /**
     * Writes a checkpoint and removes the oldest beyond {@code keep}, and those of later steps: they were damaged, so that
     * the run went on from before them. No checkpoint is touched until the new one is whole on the disk.
     */
    static Checkpoint write(
            Path checkpoints,
            long step,
            double seconds,
            Recipe recipe,
            Map<String, Tensor> state,
            Map<String, Object> facts,
            boolean stage,
            int keep)
            throws IOException {
        Files.createDirectories(checkpoints);
        String number = String.format(Locale.ROOT, "%08d", step);
        Path place = checkpoints.resolve(PREFIX + number);
        Path beside = checkpoints.resolve(UNFINISHED + number);
        clean(checkpoints);
        Files.createDirectory(beside);
        Safetensors.write(beside.resolve(STATE), state, Map.of("step", String.valueOf(step)));
        Map<String, String> flat = new TreeMap<>();
        recipe.flat().forEach((key, value) -> flat.put(key, String.valueOf(value)));
        ObjectNode json = JSON.createObjectNode();
        json.put("step", step);
        json.put("seconds", seconds);
        json.put("sha256", Sha256.of(beside.resolve(STATE)));
        json.set("recipe", JSON.valueToTree(flat));
        json.set("facts", JSON.valueToTree(facts));
        Files.write(beside.resolve(FACTS), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
        if (stage) {
            Files.createFile(beside.resolve(STAGE));
        }
        Path aside = checkpoints.resolve(REPLACED + number);
        if (Files.exists(place)) {
            WholeFile.rename(place, aside);
        }
        WholeFile.rename(beside, place);
        Folders.remove(aside);
        prune(checkpoints, step, keep);
        for (Path later : folders(checkpoints, PREFIX)) {
            if (number(later) > step) {
                Folders.remove(later);
            }
        }
        return new Checkpoint(place, step, seconds, flat, facts(place).path("facts"));
    }

    /** Removes the oldest of the checkpoints up to a step, but for {@code keep} and the one that ends the first stage. */
    private static void prune(Path checkpoints, long step, int keep) throws IOException {
        List<Path> upTo = folders(checkpoints, PREFIX).stream()
                .filter(folder -> number(folder) <= step && !Files.exists(folder.resolve(STAGE)))
                .toList();
        for (Path old : upTo.subList(0, Math.max(0, upTo.size() - keep))) {
            Folders.remove(old);
        }
    }

    /** Removes what a kill left half written or half removed, and gives back its name to one that was about to be replaced. */
    static void tidy(Path checkpoints, long step, int keep) throws IOException {
        clean(checkpoints);
        prune(checkpoints, step, keep);
    }

    private static void clean(Path checkpoints) throws IOException {
        for (Path half : folders(checkpoints, UNFINISHED)) {
            Folders.remove(half);
        }
        for (Path aside : folders(checkpoints, REPLACED)) {
            Path place = checkpoints.resolve(PREFIX + digits(aside));
            if (Files.exists(place)) {
                Folders.remove(aside);
            } else {
                WholeFile.rename(aside, place);
            }
        }
    }

    /** Whether there is any checkpoint, whole or damaged. */
    static boolean any(Path checkpoints) {
        return !all(checkpoints).isEmpty();
    }

    /**
     * The newest checkpoint: never an older one in its place, which may hardly be trained.
     *
     * @throws UserError if there is none, or if it is damaged
     */
    static Checkpoint newest(Path checkpoints) {
        List<Path> all = all(checkpoints);
        if (all.isEmpty()) {
            throw none(checkpoints);
        }
        Path newest = all.get(all.size() - 1);
        try {
            return read(newest);
        } catch (IOException e) {
            throw new UserError(
                    "checkpoint " + newest + " is damaged (" + Faults.why(e) + "): restore it from a copy"
                            + (all.size() == 1
                                    ? "."
                                    : ", or remove its folder to use the one of step " + number(all.get(all.size() - 2))
                                            + "."),
                    e);
        }
    }

    private static UserError none(Path checkpoints) {
        return new UserError(
                "there is no checkpoint in " + checkpoints + ": restore the folder from a copy, or train a new run.");
    }

    /**
     * The newest whole checkpoint. Damaged ones are passed over, each with a sentence to {@code warnings}.
     *
     * @throws UserError if there is none
     */
    static Checkpoint newest(Path checkpoints, Consumer<String> warnings) {
        return upTo(checkpoints, Long.MAX_VALUE, warnings);
    }

    /**
     * The newest whole checkpoint up to a step, or else the oldest whole one. Damaged ones are passed over, each with a sentence
     * to {@code warnings}.
     *
     * @throws UserError if there is none
     */
    static Checkpoint upTo(Path checkpoints, long step, Consumer<String> warnings) {
        List<Path> candidates = new ArrayList<>();
        for (Path folder : all(checkpoints)) {
            boolean before = number(folder) <= step;
            candidates.add(before ? 0 : candidates.size(), folder); // backwards from the step, then onwards
        }
        for (int i = 0; i < candidates.size(); i++) {
            try {
                return read(candidates.get(i));
            } catch (IOException e) {
                warnings.accept("checkpoint " + candidates.get(i) + " is damaged (" + Faults.why(e) + ")"
                        + (i + 1 < candidates.size()
                                ? "; trying that of step " + number(candidates.get(i + 1)) + "."
                                : "."));
            }
        }
        if (candidates.isEmpty()) {
            throw none(checkpoints);
        }
        throw new UserError(
                "no checkpoint in " + checkpoints + " is whole: train again, or restore the folder from a copy.");
    }

    /**
     * The checkpoint of a step.
     *
     * @throws UserError if there is none, or if it is damaged
     */
    static Checkpoint at(Path checkpoints, long step) {
        List<Path> all = all(checkpoints);
        for (Path folder : all) {
            if (number(folder) == step) {
                try {
                    return read(folder);
                } catch (IOException e) {
                    throw new UserError(
                            "checkpoint " + folder + " is damaged (" + Faults.why(e) + "): choose another step.", e);
                }
            }
        }
        String steps =
                all.stream().map(folder -> String.valueOf(number(folder))).collect(Collectors.joining(", "));
        throw new UserError("there is no checkpoint of step " + step + " in " + checkpoints + "; there "
                + (all.isEmpty()
                        ? "is none."
                        : all.size() == 1 ? "is that of step " + steps + "." : "are those of steps " + steps + "."));
    }

    private static Checkpoint read(Path folder) throws IOException {
        JsonNode facts = facts(folder);
        if (!facts.path("sha256").asText().equals(checksum(folder))) {
            throw new IOException("the checksum of " + STATE + " differs");
        }
        long step = facts.path("step").asLong(-1);
        if (step != number(folder) || !facts.path("recipe").isObject()) {
            throw new IOException(FACTS + " lacks its step or its recipe");
        }
        Map<String, String> recipe = new LinkedHashMap<>();
        facts.path("recipe")
                .properties()
                .forEach(entry -> recipe.put(entry.getKey(), entry.getValue().asText()));
        return new Checkpoint(folder, step, facts.path("seconds").asDouble(), recipe, facts.path("facts"));
    }

    private static JsonNode facts(Path folder) throws IOException {
        try {
            return JSON.readTree(Files.readAllBytes(folder.resolve(FACTS)));
        } catch (NoSuchFileException e) {
            throw new IOException(FACTS + " is missing", e);
        } catch (JsonProcessingException e) { // whose own message has several lines
            throw new IOException(FACTS + " is not JSON", e);
        }
    }

    private static String checksum(Path folder) throws IOException {
        try {
            return Sha256.of(folder.resolve(STATE));
        } catch (NoSuchFileException e) {
            throw new IOException(STATE + " is missing", e);
        }
    }

    /** The folders whose names are a prefix and a step, oldest first. */
    private static List<Path> folders(Path checkpoints, String prefix) {
        if (!Files.isDirectory(checkpoints)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(checkpoints)) {
            return entries.filter(Files::isDirectory)
                    .filter(folder -> folder.getFileName().toString().matches(Pattern.quote(prefix) + "\\d{1,18}"))
                    .sorted(Comparator.comparingLong(Checkpoint::number))
                    .toList();
        } catch (IOException e) {
            throw Faults.cannotList(checkpoints, e);
        }
    }

    /** Whole and damaged ones, oldest first. */
    private static List<Path> all(Path checkpoints) {
        return Stream.concat(
                        folders(checkpoints, PREFIX).stream(),
                        folders(checkpoints, REPLACED).stream()
                                .filter(aside -> !Files.exists(checkpoints.resolve(PREFIX + digits(aside)))))
                .sorted(Comparator.comparingLong(Checkpoint::number))
                .toList();
    }

    private static long number(Path folder) {
        return Long.parseLong(digits(folder));
    }

    private static String digits(Path folder) {
        String name = folder.getFileName().toString();
        return name.substring(name.lastIndexOf('-') + 1);
    }

    /** Arrays of the state whose names are wanted. */
    public Map<String, Safetensors.Array> arrays(Predicate<String> wanted) {
        return Safetensors.read(folder.resolve(STATE), wanted);
    }

    /** Arrays of the state whose names begin with a prefix, without the prefix. */
    public Map<String, float[]> values(String prefix) {
        Map<String, float[]> values = new LinkedHashMap<>();
        arrays(name -> name.startsWith(prefix))
                .forEach((name, array) -> values.put(name.substring(prefix.length()), array.values()));
        return values;
    }

    /**
     * A generator's weights by name.
     *
     * @param name as the checkpoint has it: "generator" or, of an unpaired game, also "generator-back"
     * @param average their moving average, if the run kept one
     */
    public Map<String, float[]> generator(String name, boolean average) {
        String averageOf = "ema" + name.substring("generator".length());
        Map<String, float[]> averaged = average ? values(averageOf + ".") : Map.of();
        return averaged.isEmpty() ? values(name + ".") : averaged;
    }

    /** Overwrites tensors with what was saved; all or, if the state belongs to other networks, none. */
    public void restore(Map<String, Tensor> state) {
        Map<String, Safetensors.Array> saved = arrays(state::containsKey);
        state.forEach((name, tensor) -> {
            Safetensors.Array array = saved.get(name);
            if (array == null || !Arrays.equals(array.sizes(), tensor.shape())) {
                throw new UserError("the checkpoint " + folder + " lacks " + name
                        + " in the shape that this recipe needs: it belongs to another network.");
            }
        });
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            state.forEach((name, tensor) -> {
                Safetensors.Array array = Objects.requireNonNull(saved.get(name));
                tensor.set(Tensor.of(array.values(), array.sizes()));
            });
        }
    }
}
