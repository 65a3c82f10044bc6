package io.gander;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.gander.error.UserError;
import io.gander.export.Format;
import io.gander.generate.Generator;
import io.gander.recipe.Recipe;
import io.gander.tensor.Safetensors;
import io.gander.train.Control;
import io.gander.train.Event;
import io.gander.train.Outcome;
import io.gander.train.TrainListener;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Java program can do with Gander, on real digits, by the public calls alone. */
class GanderTest {
    private final Path folder;

    GanderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void fromARecipeToDigitsAndFilesAndOn() throws Exception {
        Recipe recipe = Gander.recipe("mnist-dcgan")
                .with("generator.width", 4)
                .with("discriminator.width", 4)
                .with("train.steps", 6)
                .with("train.batch", 16)
                .with("train.threads", 1)
                .with("train.log-every", 2);
        List<Double> losses = new ArrayList<>();
        TrainListener listener = event -> {
            if (event instanceof Event.Metrics measured) {
                losses.add(measured.progress().metrics().getOrDefault("loss_generator", Double.NaN));
            }
        };
        Path directory = folder.resolve("runs").resolve("digits");
        Outcome outcome = Gander.train(recipe, directory, new Control(), listener);
        assertThat(outcome).isEqualTo(new Outcome(directory, 6, 6, outcome.seconds(), Outcome.End.FINISHED, false));
        assertThat(losses).hasSize(3).allMatch(Double::isFinite);

        List<BufferedImage> digits;
        try (Generator generator = Gander.open(outcome.run())) {
            digits = generator.images(5, 7);
            assertThat(generator.values(7, 0)).hasSize(28 * 28);
            assertThat(generator.recipe()).isEqualTo(recipe);
        }
        assertThat(digits).hasSize(5).allMatch(digit -> digit.getWidth() == 28 && digit.getHeight() == 28);

        Path weights = folder.resolve("digits.safetensors");
        Gander.export(directory, Format.SAFETENSORS, weights);
        assertThat(Safetensors.read(weights, name -> true)).isNotEmpty();
        Path onnx = folder.resolve("digits.onnx");
        Gander.export(directory, Format.ONNX, onnx);
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(onnx.toString())) {
            assertThat(session.getNumInputs()).isEqualTo(1);
            assertThat(session.getNumOutputs()).isEqualTo(1);
        }

        Outcome more = Gander.resume(directory, 8, new Control(), listener);
        assertThat(more.step()).isEqualTo(8);
        assertThat(losses).hasSize(4);
        try (Generator generator = Gander.open(directory)) {
            assertThat(generator.step()).isEqualTo(8);
        }
        assertThat(Gander.resume(directory, 0, new Control(), listener).steps())
                .as("0 leaves the number of steps")
                .isEqualTo(8);
    }

    @Test
    void mistakesAreUserErrorsOfOneLine() {
        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> Gander.recipe("mnist-dcgam"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'mnist-dcgan'")
                .message()
                .hasLineCount(1);
        assertThatThrownBy(() -> Gander.open(nowhere))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is no run directory");
        assertThatThrownBy(() -> Gander.resume(nowhere, 0, new Control())).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> Gander.export(nowhere, Format.ONNX, folder.resolve("x.onnx")))
                .isInstanceOf(UserError.class);
    }
}
