package io.gander.game;

import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that must be saved of a game to go on exactly, by whose it is. The game keeps owning the tensors. */
public final class GameState {
    /**
     * What belongs together.
     *
     * @param owner such as the player "generator", whether these are its weights or what its optimiser remembers
     * @param tensors by the names that they have in a checkpoint
     */
    public record Part(String owner, Map<String, Tensor> tensors) {}

    private final List<Part> parts = new ArrayList<>();

    /**
     * Adds a part.
     *
     * @param prefix of the names in a checkpoint
     * @param tensors by the names behind the prefix
     */
    void add(String owner, String prefix, Map<String, Tensor> tensors) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> named.put(prefix + name, tensor));
        parts.add(new Part(owner, named));
    }

    public List<Part> parts() {
        return parts;
    }

    /** All by their names in a checkpoint, in the order in which they were added. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        parts.forEach(part -> tensors.putAll(part.tensors()));
        return tensors;
    }
}
