package io.gander.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What games must save: copied, put back, compared bit for bit. */
final class States {
    private States() {}

    static void restore(Map<String, Tensor> saved, Map<String, Tensor> into) {
        assertThat(into.keySet()).isEqualTo(saved.keySet());
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            saved.forEach((name, tensor) -> value(into, name).set(tensor));
        }
    }

    static Map<String, float[]> copy(Map<String, Tensor> state) {
        Map<String, float[]> copy = new LinkedHashMap<>();
        try (Scope scope = Scope.open()) {
            state.forEach((name, tensor) -> copy.put(name, tensor.toArray()));
        }
        return copy;
    }

    static long changed(Map<String, float[]> before, Map<String, Tensor> after) {
        return copy(after).entrySet().stream()
                .filter(entry -> !Arrays.equals(entry.getValue(), before.get(entry.getKey())))
                .count();
    }

    static void assertSameBits(Map<String, Tensor> state, Map<String, float[]> expected) {
        assertSameArrays(copy(state), expected);
    }

    static void assertSameArrays(Map<String, float[]> state, Map<String, float[]> expected) {
        assertThat(state.keySet()).isEqualTo(expected.keySet());
        state.forEach((name, values) ->
                assertThat(Arrays.equals(values, expected.get(name))).as(name).isTrue());
    }

    static <T> T value(Map<String, T> map, String key) {
        T value = map.get(key);
        assertThat(value).as(key).isNotNull();
        return Objects.requireNonNull(value);
    }
}
