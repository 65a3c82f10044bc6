package io.gander.modality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.CatalogueWith;
import io.gander.Gander;
import io.gander.Networks;
import io.gander.Tiny;
import io.gander.error.BrokenExample;
import io.gander.error.Complaint;
import io.gander.layer.Output;
import io.gander.network.Model;
import io.gander.recipe.DataKind;
import io.gander.recipe.DataName;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Recipe;
import io.gander.recipe.Section;
import io.gander.run.RunDirectory;
import io.gander.source.Content;
import io.gander.tensor.Draws;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import io.gander.train.Control;
import io.gander.train.Event;
import io.gander.train.Outcome;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The template of a kind of data works: from files to pulses that are made. */
class TemplatePulsesTest {
    private static final int LENGTH = 16;
    private static final TemplatePulses PULSES = new TemplatePulses(LENGTH, Output.LINEAR);

    private final Path folder;

    TemplatePulsesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** A hump in the middle, of a height from ½ to 1. */
    private static float[] pulse(int number) {
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            double place = (i - (LENGTH - 1) / 2.0) / 3;
            values[i] = (float) ((0.5 + number % 8 / 14.0) * Math.exp(-place * place));
        }
        return values;
    }

    private static byte[] csv(float[] values) {
        StringBuilder lines = new StringBuilder();
        for (float value : values) {
            lines.append(value).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Recipe recipe(String networks, int steps) throws IOException {
        Path data = Files.createDirectories(folder.resolve("pulses"));
        for (int i = 0; i < 24; i++) {
            Files.write(data.resolve("pulse-" + i + ".csv"), csv(pulse(i)));
        }
        return Recipe.parse(
                "pulses",
                """
                data: {kind: pulses, length: 16, path: %s}
                %s
                train:
                  steps: %d
                  batch: 8
                  threads: 1
                  ema: 0
                  generator: {lr: 1e-3}
                  discriminator: {lr: 1e-3}
                  log-every: 1
                  sample-every: 1000
                  checkpoint-every: 1000
                """.formatted(Tiny.quoted(data.toString()), networks, steps),
                "pulses.yaml",
                new CatalogueWith() {
                    @Override
                    public DataKind data(String kind, DataName name, DataRecipe.Pairs pairs, Section section) {
                        return kind.equals("pulses")
                                ? TemplatePulses.read(name, pairs, section)
                                : super.data(kind, name, pairs, section);
                    }
                });
    }

    /** DCGAN as it is: its layers work along one axis as along two. */
    @Test
    void dcganTrainsOnThem() throws IOException {
        Recipe recipe = recipe("""
                generator: {architecture: dcgan, latent: 4, width: 4}
                discriminator: {architecture: dcgan, width: 4}
                """, 3);
        List<Map<String, Double>> metrics = new ArrayList<>();

        Outcome outcome = Gander.train(recipe, folder.resolve("run"), new Control(), event -> {
            if (event instanceof Event.Metrics measured) {
                metrics.add(measured.progress().metrics());
            }
        });

        assertThat(Networks.generator(recipe).output()).isEqualTo(PULSES.shape());
        assertThat(metrics).hasSize(3).allSatisfy(round -> assertThat(round.values())
                .allMatch(Double::isFinite));
        RunDirectory run = RunDirectory.open(outcome.run());
        assertThat(run.samples()).isNotEmpty();
        assertThat(Modalities.of(recipe.data()).restore(run.codec())).isEqualTo(PULSES);
    }

    /** With seeds 1 to 5 the mean curve came 5 to 10 times closer. */
    @Test
    void aTinyTrainingLearnsTheirForm() throws IOException {
        Recipe recipe = recipe("""
                generator: {architecture: mlp, latent: 2, hidden: [32], batch-norm: false}
                discriminator: {architecture: mlp, hidden: [32], activation: leaky-relu}
                """, 600);

        try (Model model = Model.create(Networks.generator(recipe), 1)) {
            double before = meanError(model);
            Outcome outcome = Gander.train(recipe, folder.resolve("run"));
            model.load(RunDirectory.open(outcome.run())
                    .newestWholeCheckpoint(warning -> {})
                    .generator("generator", false));

            assertThat(meanError(model)).isLessThan(before / 3);
        }
    }

    /** How far the mean of many samples is from the pulses' mean, value by value. */
    private static double meanError(Model model) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Tensor made = model.apply(Draws.of(1).normal(256, 2), false);
            float[] mean = PULSES.within(Output.SIGMOID).natural(made).mean(0).toArray();
            double sum = 0;
            for (int i = 0; i < LENGTH; i++) {
                double expected = 0;
                for (int number = 0; number < 8; number++) {
                    expected += pulse(number)[i] / 8;
                }
                sum += Math.abs(mean[i] - expected);
            }
            return sum / LENGTH;
        }
    }

    @Test
    void aFileIsReadAsItWasWritten() throws BrokenExample {
        byte[] stored = PULSES.encode(file(csv(pulse(3))));
        try (Scope scope = Scope.open()) {
            Codec symmetric = PULSES.within(Output.TANH);
            Tensor loaded = symmetric.load(stored, 1);
            assertThat(loaded.shape()).containsExactly(1, 1, LENGTH);
            assertThat(loaded.toArray()[0]).isNegative();
            byte[] natural =
                    PULSES.file(PULSES.load(stored, 1), PULSES.formats().get(0), Map.of());
            assertThat(PULSES.encode(file(natural))).isEqualTo(stored);
        }
    }

    @Test
    void anArraysBytesAreValuesToo() throws BrokenExample {
        byte[] values = new byte[LENGTH];
        values[3] = (byte) 255;
        byte[] stored = PULSES.encode(List.of(new Content.Numbers(List.of(LENGTH), values, false)));
        try (Scope scope = Scope.open()) {
            assertThat(PULSES.load(stored, 1).toArray())
                    .containsExactly(0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        assertThat(PULSES.wanted().arrays().test(List.of(16L))).isTrue();
        assertThat(PULSES.wanted().arrays().test(List.of(15L))).isFalse();
    }

    @Test
    void aCurveIsDrawnForEach() throws BrokenExample {
        Codec.Inspection inspection = PULSES.inspect(file(csv(pulse(7))));

        assertThat(inspection.sizes()).containsExactly(LENGTH);
        assertThat(inspection.channels()).isEqualTo(1);
        BufferedImage curve = inspection.thumbnails().get(0);
        assertThat(curve.getRGB(0, 47) & 255).as("low at the left").isEqualTo(255);
        assertThat(curve.getRGB(47, 1) & 255).as("high in the middle").isEqualTo(255);
        assertThat(curve.getRGB(0, 2) & 255).isZero();
    }

    @Test
    void whatIsNoPulseIsLeftOut() throws IOException {
        assertThatThrownBy(() -> PULSES.encode(file(csv(new float[3]))))
                .isInstanceOf(BrokenExample.class)
                .hasMessage("has 3 values, not data.length=16");
        float[] high = pulse(0);
        high[2] = 1.5f;
        assertThatThrownBy(() -> PULSES.encode(file(csv(high)))).hasMessage("holds 1.5, which is not in 0…1");
        Arrays.fill(high, Float.NaN);
        assertThatThrownBy(() -> PULSES.encode(file(csv(high)))).hasMessageContaining("NaN");
        assertThatThrownBy(() -> PULSES.encode(file(new byte[] {'a', '\n'}))).hasMessage("is damaged");
        Recipe recipe = recipe("""
                generator: {architecture: mlp}
                discriminator: {architecture: mlp}
                """, 3);
        Complaint.of(() -> recipe.with("data.pairs", "side-by-side"))
                .isEqualTo("data.pairs: pulses are not pairs; leave it out.");
    }

    private static List<Content> file(byte[] bytes) {
        return List.of(new Content.FileBytes("pulse.csv", bytes));
    }
}
