package io.gander.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.tensor.Safetensors;
import io.gander.tensor.Safetensors.Array;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What PyTorch computed, by name: one file of {@code bench/oracle/make_fixtures.py} or its neighbours.
 *
 * <p>Arrays are compared by norm: ‖ours − theirs‖ ≤ 10⁻⁵·‖theirs‖ + 10⁻⁷·‖all that is compared at once‖. By norm, since
 * an element that is a sum of large terms which cancel has few correct digits in float32, on either side. The second term
 * is for arrays that are such throughout: the gradient of a bias before a batch norm is 0 but for rounding.
 */
public record Oracle(String name, Map<String, Array> arrays) {
    private static final double TOLERANCE = 1e-5;
    private static final double FLOOR = 1e-7;

    /** Everything in a file. */
    public static Oracle read(String name) {
        return new Oracle(name, Safetensors.read(resource(name + ".safetensors"), any -> true));
    }

    /** The recipe beside the file, with the settings that the file was computed with. */
    public static String recipe(String name) {
        try {
            return Files.readString(resource(name + ".yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path resource(String file) {
        try {
            return Path.of(
                    Objects.requireNonNull(Oracle.class.getResource(file), file).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The arrays whose names start so, without that start; none may be. */
    public Oracle in(String prefix) {
        Map<String, Array> inner = new LinkedHashMap<>();
        arrays.forEach((key, array) -> {
            if (key.startsWith(prefix + ".")) {
                inner.put(key.substring(prefix.length() + 1), array);
            }
        });
        return new Oracle(name + " " + prefix, inner);
    }

    /** All arrays but those whose names match. */
    public Oracle without(String pattern) {
        Map<String, Array> rest = new LinkedHashMap<>(arrays);
        rest.keySet().removeIf(key -> key.matches(pattern));
        return new Oracle(name, rest);
    }

    public Array array(String key) {
        return Objects.requireNonNull(arrays.get(key), name + " " + key);
    }

    public Tensor tensor(String key) {
        return Tensor.of(array(key).values(), array(key).sizes());
    }

    /** The values by name, as a model loads them. */
    public Map<String, float[]> values() {
        Map<String, float[]> values = new LinkedHashMap<>();
        arrays.forEach((key, array) -> values.put(key, array.values()));
        return values;
    }

    /** Checks one tensor. */
    public void assertEqual(String key, Tensor ours) {
        compare(key, ours, norm(array(key).values()));
    }

    /** Checks tensors of one kind, and that none is missing and none too many. */
    public void assertAll(Map<String, Tensor> ours) {
        assertThat(ours.keySet()).as(name).containsExactlyInAnyOrderElementsOf(arrays.keySet());
        double whole = arrays.values().stream()
                .mapToDouble(array -> norm(array.values()))
                .reduce(0, Math::hypot);
        ours.forEach((key, tensor) -> compare(key, tensor, whole));
    }

    private void compare(String key, Tensor tensor, double whole) {
        assertThat(tensor.shape())
                .as("shape of %s %s", name, key)
                .isEqualTo(array(key).sizes());
        float[] theirs = array(key).values();
        float[] difference = read(tensor);
        for (int i = 0; i < theirs.length; i++) {
            difference[i] -= theirs[i];
        }
        assertThat(norm(difference))
                .as("‖ours − PyTorch's‖ of %s %s, where ‖PyTorch's‖ is %s", name, key, norm(theirs))
                .isLessThanOrEqualTo(TOLERANCE * norm(theirs) + FLOOR * whole);
    }

    private static float[] read(Tensor tensor) {
        try (Scope scope = Scope.open()) {
            return tensor.toArray();
        }
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }
}
