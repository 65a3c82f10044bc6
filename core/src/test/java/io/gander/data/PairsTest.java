package io.gander.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Raw;
import io.gander.game.GameOptions;
import io.gander.game.StandardCatalogue;
import io.gander.layer.Output;
import io.gander.modality.Codec;
import io.gander.modality.Modalities;
import io.gander.recipe.Recipe;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairsTest {
    private static Recipe recipe(String more) {
        return Recipe.parse("tiny", """
                game: paired
                %s
                generator: {architecture: unet}
                discriminator: {architecture: patchgan}
                train: {steps: 1}
                """.formatted(more), "tiny.yaml", StandardCatalogue.INSTANCE);
    }

    private static Pairs open(Recipe recipe, Dataset data, int scale) {
        Codec codec = Modalities.of(recipe.data()).codec().within(Output.TANH);
        Degradation degradation = new Degradation(GameOptions.of(recipe).degrade(), scale, Output.TANH);
        return Pairs.of(recipe.data(), data, codec, degradation, 2, 5);
    }

    private static byte[] filled(int bytes, int... values) {
        byte[] example = new byte[bytes * values.length];
        for (int i = 0; i < values.length; i++) {
            Arrays.fill(example, i * bytes, (i + 1) * bytes, (byte) values[i]);
        }
        return example;
    }

    @Test
    void theDirectionSaysWhichPictureIsTheInput() {
        byte[] example = filled(16, 0, 0, 0, 255, 255, 255); // three channels each
        Raw data = new Raw(List.of(example, example), 2, 3, 4);
        for (String direction : List.of("a-to-b", "b-to-a")) {
            Recipe recipe = recipe("data: {path: a, size: 4, pairs: side-by-side, direction: " + direction + "}");
            try (Pairs pairs = open(recipe, data, 1);
                    Scope scope = Scope.open()) {
                Pairs.Pair pair = pairs.batch(1);
                float black = direction.equals("a-to-b") ? -1 : 1;
                assertThat(pair.input().shape()).containsExactly(2, 3, 4, 4);
                assertThat(pair.target().shape()).containsExactly(2, 3, 4, 4);
                assertThat(pair.input().toArray()).containsOnly(black);
                assertThat(pair.target().toArray()).containsOnly(-black);
                assertThat(pairs.dataset()).isSameAs(data);
            }
        }
    }

    @Test
    void bothPicturesOfAPairAreCroppedAndMirroredAlike() {
        byte[] ramp = new byte[2 * 36];
        for (int i = 0; i < 72; i++) {
            ramp[i] = (byte) (i % 36 * 3);
        }
        Recipe recipe = recipe("data: {path: a, size: 4, load-size: 6, channels: 1, pairs: by-name, flip: true}");
        try (Pairs pairs = open(recipe, new Raw(List.of(ramp), 2, 1, 6), 1);
                Scope scope = Scope.open()) {
            float[] first = pairs.batch(1).target().toArray();
            boolean moved = false;
            for (int step = 1; step <= 10; step++) {
                Pairs.Pair pair = pairs.batch(step);
                assertThat(pair.input().toArray()).containsExactly(pair.target().toArray());
                moved |= !Arrays.equals(first, pair.target().toArray());
            }
            assertThat(moved).isTrue();
        }
    }

    @Test
    void singlePicturesAreDegradedAnewEachStepAndTheSameForTheSameStep() {
        Raw data = new Raw(List.of(filled(64, 128)), 1, 1, 8);
        Recipe recipe = recipe("data: {path: a, size: 8, channels: 1}\ndegrade: {noise: 20}");
        try (Pairs pairs = open(recipe, data, 1);
                Pairs again = open(recipe, data, 1);
                Scope scope = Scope.open()) {
            float[] first = pairs.batch(1).input().toArray();
            Tensor target = pairs.batch(1).target();
            assertThat(target.toArray()).containsOnly(target.toArray()[0]);
            assertThat(pairs.batch(2).input().toArray()).isNotEqualTo(first);
            assertThat(again.batch(1).input().toArray()).isEqualTo(first);
            assertThat(Arrays.copyOf(first, 64))
                    .as("two of one picture")
                    .isNotEqualTo(Arrays.copyOfRange(first, 64, 128));
        }
    }

    @Test
    void inputsOfSuperResolutionAreSmaller() {
        Raw data = new Raw(List.of(filled(64, 128)), 1, 1, 8);
        try (Pairs pairs = open(recipe("data: {path: a, size: 8, channels: 1}"), data, 4);
                Scope scope = Scope.open()) {
            assertThat(pairs.batch(1).input().shape()).containsExactly(2, 1, 2, 2);
            assertThat(pairs.batch(1).target().shape()).containsExactly(2, 1, 8, 8);
        }
    }
}
