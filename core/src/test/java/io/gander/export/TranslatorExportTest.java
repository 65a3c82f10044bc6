package io.gander.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.gander.Gander;
import io.gander.Networks;
import io.gander.Tiny;
import io.gander.architecture.Architectures;
import io.gander.error.Complaint;
import io.gander.game.StandardCatalogue;
import io.gander.generate.ImageTranslator;
import io.gander.generate.ImageTranslator.Options;
import io.gander.generate.ImageTranslator.Scale;
import io.gander.generate.Weights;
import io.gander.image.Bitmap;
import io.gander.layer.Output;
import io.gander.modality.Image;
import io.gander.network.Model;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Safetensors;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leaves a run from pictures to pictures, and whether it makes what the run makes. */
class TranslatorExportTest {
    private static Path folder = Path.of("");

    @BeforeAll
    static void train(@TempDir Path temporary) {
        folder = temporary;
        String files =
                "path: " + Tiny.quoted(Tiny.pictures(folder.resolve("pictures")).toString());
        String second =
                ", second: " + Tiny.quoted(Tiny.pictures(folder.resolve("more")).toString());
        train("restore", "data: {" + files + """
                , size: 8, channels: 1}
                game: paired
                degrade: {noise: 20}
                generator: {architecture: unet, width: 2, downs: 2, dropout: 0}
                """);
        train("fixed", "data: {" + files + """
                , size: 8, channels: 1}
                game: paired
                degrade: {noise: 20}
                generator: {architecture: encoder-decoder, width: 2, bottleneck: 4}
                """);
        train("larger", "data: {" + files + """
                , size: 8, channels: 3}
                game: paired
                generator: {architecture: srresnet, width: 2, blocks: 1, scale: 2}
                """);
        train("both", "data: {" + files + second + """
                , pairs: unpaired, size: 8, channels: 3}
                game: unpaired
                generator: {architecture: resnet, width: 2, blocks: 1}
                """);
    }

    private static void train(String name, String yaml) {
        String rest = """
                discriminator: {architecture: patchgan, width: 2, layers: 1}
                train: {steps: 3, batch: 4, threads: 1, samples: 2, ema: 0.5, generator: {lr: 0.02}}
                """;
        Gander.train(Recipe.parse(name, yaml + rest, name, StandardCatalogue.INSTANCE), folder.resolve(name));
    }

    /** At the size of training, where a translator cuts no tiles and adds no border. */
    @ParameterizedTest
    @CsvSource({
        "restore, false, true",
        "fixed, false, false",
        "both, false, true",
        "both, true, true",
        "both, true, false"
    })
    void theFileMakesWhatTheTranslatorMakes(String name, boolean back, boolean average) throws OrtException {
        RunDirectory run = RunDirectory.open(folder.resolve(name));
        Path file = folder.resolve(name + back + average + ".onnx");
        assertThat(Export.generator(run, Format.ONNX, file, back, average)).isEqualTo(3);
        Options options = new Options(average ? Weights.NEWEST : Weights.NEWEST.live(), back, Scale.NATIVE, false, 1);
        try (ImageTranslator translator = Gander.translator(run.path(), options)) {
            Recipe recipe = translator.recipe();
            Bitmap picture = noise(Image.of(recipe.data()).channels(), 8, 8);
            byte[] expected = planes(translator.translate(picture));
            compare(
                    throughOnnx(
                            file, picture, 1, Architectures.translator(recipe).output()),
                    expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"restore, 12, 8, 1", "larger, 5, 7, 2", "both, 12, 16, 1"})
    void theFileMakesWhatTheNetworkMakesAtOtherSizes(String name, int height, int width, int scale)
            throws OrtException {
        RunDirectory run = RunDirectory.open(folder.resolve(name));
        Path file = folder.resolve(name + "-other.onnx");
        Export.generator(run, Format.ONNX, file, true);
        Recipe recipe = run.recipe(StandardCatalogue.INSTANCE);
        Output range = Architectures.translator(recipe).output();
        Bitmap picture = noise(Image.of(recipe.data()).channels(), height, width);
        try (Model model = Model.create(Networks.generator(recipe), 1);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            model.load(run.newestWholeCheckpoint(warning -> {}).generator("generator", true));
            Tensor batch =
                    Tensor.ofPixels(planes(picture), range.low(), range.high(), 1, picture.channels(), height, width);
            compare(
                    throughOnnx(file, picture, scale, range),
                    model.apply(batch, false).toPixels(range.low(), range.high()));
        }
    }

    private static void compare(byte[] found, byte[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i] & 255).as("byte %d", i).isCloseTo(expected[i] & 255, within(1));
        }
    }

    private static byte[] throughOnnx(Path file, Bitmap picture, int scale, Output range) throws OrtException {
        double span = range.high() - range.low();
        byte[] bytes = planes(picture);
        float[] values = new float[bytes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((bytes[i] & 255) / 255.0 * span + range.low());
        }
        long[] shape = {1, picture.channels(), picture.height(), picture.width()};
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
                OrtSession.Result result = session.run(Map.of("image", input))) {
            OnnxTensor output = (OnnxTensor) result.get("image_out").orElseThrow();
            assertThat(output.getInfo().getShape())
                    .containsExactly(
                            1, picture.channels(), (long) scale * picture.height(), (long) scale * picture.width());
            FloatBuffer made = output.getFloatBuffer();
            byte[] found = new byte[made.remaining()];
            for (int i = 0; i < found.length; i++) {
                double grey = (made.get(i) - range.low()) / span * 255;
                found[i] = (byte) Math.round(Math.max(0, Math.min(255, grey)));
            }
            return found;
        }
    }

    private static byte[] planes(Bitmap picture) {
        byte[] planes = new byte[picture.pixels().length];
        picture.planes(planes, 0);
        return planes;
    }

    private static Bitmap noise(int channels, int height, int width) {
        byte[] pixels = new byte[channels * height * width];
        new Random(3).nextBytes(pixels);
        return new Bitmap(pixels, channels, height, width);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "restore | paired   | 1 | 1 | 4 | '' | '[-1, 1]'",
                "fixed   | paired   | 1 | 1 | '' | '' | '[-1, 1]'",
                "larger  | paired   | 3 | 2 | 1 | '' | '[0, 1]'",
                "both    | unpaired | 3 | 1 | 4 | 'b-to-a' | '[-1, 1]'"
            })
    void bothFormatsSayWhatTheNetworkTakes(
            String name, String game, String channels, String scale, String multiple, String direction, String range)
            throws IOException, OrtException {
        RunDirectory run = RunDirectory.open(folder.resolve(name));
        for (Format format : Format.values()) {
            Path file = folder.resolve(name + "." + format);
            Export.generator(run, format, file, !direction.isEmpty(), true);
            Map<String, String> said = format == Format.ONNX ? ofOnnx(file) : Safetensors.metadata(file);
            assertThat(said)
                    .containsEntry("game", game)
                    .containsEntry("channels", channels)
                    .containsEntry("scale", scale)
                    .containsEntry("image_range", range)
                    .doesNotContainKey("noise");
            assertThat(said.getOrDefault("size_multiple", "")).isEqualTo(multiple);
            assertThat(said.getOrDefault("direction", "")).isEqualTo(direction);
            assertThat(said.get("recipe_yaml")).doesNotContain(folder.toString());
        }
    }

    private static Map<String, String> ofOnnx(Path file) throws OrtException {
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
            return session.getMetadata().getCustomMetadata();
        }
    }

    @Test
    void bothDirectionsAreWrittenAndDiffer() throws IOException {
        RunDirectory run = RunDirectory.open(folder.resolve("both"));
        Path there = folder.resolve("there.safetensors");
        Path back = folder.resolve("back.safetensors");
        Export.generator(run, Format.SAFETENSORS, there, true);
        Export.generator(run, Format.SAFETENSORS, back, true, true);
        Map<String, Safetensors.Array> first = Safetensors.read(there, weight -> true);
        Map<String, Safetensors.Array> second = Safetensors.read(back, weight -> true);
        assertThat(first.keySet()).isEqualTo(second.keySet());
        assertThat(Files.size(there)).isEqualTo(Files.size(back));
        String weight = first.keySet().iterator().next();
        assertThat(Objects.requireNonNull(first.get(weight)).values())
                .isNotEqualTo(Objects.requireNonNull(second.get(weight)).values());
    }

    @Test
    void oneDirectionHasNoWayBack() {
        RunDirectory run = RunDirectory.open(folder.resolve("restore"));
        Path file = folder.resolve("none.onnx");
        Complaint.of(() -> Export.generator(run, Format.ONNX, file, true, true))
                .startsWith("--back: ")
                .contains("one direction only", "game: unpaired");
        assertThat(file).doesNotExist();
    }
}
