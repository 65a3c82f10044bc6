package io.gander.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.gander.architecture.Architectures;
import io.gander.architecture.TranslatorArchitecture;
import io.gander.game.StandardCatalogue;
import io.gander.layer.Shape;
import io.gander.network.LivelyModels;
import io.gander.network.Model;
import io.gander.network.Network;
import io.gander.recipe.Recipe;
import io.gander.tensor.Draws;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ONNX Runtime computes from the files of networks that take pictures of many sizes. */
class TranslatorOnnxTest {
    private final Path file;

    TranslatorOnnxTest(@TempDir Path folder) {
        this.file = folder.resolve("network.onnx");
    }

    @ParameterizedTest
    @CsvSource({
        "unet, 'width: 2', 32",
        "unet, 'width: 2, downs: 3, norm: instance, resize-conv: true', 24",
        "encoder-decoder, 'width: 2, bottleneck: 5', 32",
        "resnet, 'width: 2, blocks: 2', 16",
        "resnet, 'width: 2, blocks: 1, norm: batch, resize-conv: true, dropout: 0.3', 12",
        "srresnet, 'width: 3, blocks: 2', 7",
        "srresnet, 'width: 3, blocks: 1, scale: 3, batch-norm: false', 6",
        "rrdb, 'width: 4, blocks: 1, growth: 2, scale: 2', 8",
    })
    void computesWhatTheModelComputesAtEverySize(String name, String options, int side)
            throws IOException, OrtException {
        Recipe recipe = recipe("{architecture: " + name + ", " + options + "}", "{architecture: patchgan}");
        TranslatorArchitecture architecture = Architectures.translator(recipe);
        Network network = Architectures.translatorNetwork(recipe, Shape.of(3, side, side));
        int multiple = architecture.multiple(network.input());
        // dropout in use has no part in a file, nor has it here
        Recipe still = name.equals("unet") ? recipe.with("generator.dropout", 0) : recipe;
        try (Model model = LivelyModels.create(Architectures.translatorNetwork(still, network.input()), 3)) {
            Format.ONNX.write(file, network, multiple, LivelyModels.weights(model), Metadata.of(recipe, 1));
            compare(model, network.input().batch(1), network.input().batch(3));
            if (multiple > 0) {
                int least = (16 / multiple + 1) * multiple;
                compare(model, new long[] {2, 3, least, least + multiple});
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'{architecture: patchgan, width: 2}', 32",
        "'{architecture: patchgan, width: 2, layers: 2, norm: instance}', 16",
        "'{architecture: srgan, width: 2}', 32",
    })
    void discriminatorsComputeWhatTheModelComputes(String discriminator, int side) throws OrtException {
        Recipe recipe = recipe("{architecture: unet}", discriminator);
        Network network = Architectures.discriminator(recipe).network(Shape.of(6, side, side));
        try (Model model = LivelyModels.create(network, 3)) {
            Onnx.write(file, network, LivelyModels.weights(model), "image", "logit", 0, Map.of());
            compare(model, network.input().batch(1), network.input().batch(3));
        }
    }

    private void compare(Model model, long[]... shapes) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file.toString())) {
            String door = session.getInputNames().iterator().next();
            for (long[] shape : shapes) {
                try (Scope scope = Scope.open();
                        NoGrad off = NoGrad.open()) {
                    Tensor x = Draws.of(9).uniform(-1, 1, shape);
                    Tensor expected = model.apply(x, false);
                    try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x.toArray()), shape);
                            OrtSession.Result result = session.run(Map.of(door, input))) {
                        OnnxTensor output = (OnnxTensor) result.get(0);
                        assertThat(output.getInfo().getShape()).isEqualTo(expected.shape());
                        float[] values = new float[(int) expected.count()];
                        output.getFloatBuffer().get(values);
                        assertThat(LivelyModels.difference(values, expected.toArray()))
                                .isLessThan(1e-5);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unet     | image[batch, 3, height, width] → image_out[batch, 3, height, width]         | 64 | 1",
                "srresnet | image[batch, 3, height, width] → image_out[batch, 3, height_out, width_out] | 1  | 4",
                "encoder-decoder | image[batch, 3, 64, 64] → image_out[batch, 3, 64, 64]                | 0  | 1",
            })
    void saysWhichSizesItTakes(String name, String doors, int multiple, String scale) throws IOException {
        Recipe recipe = recipe("{architecture: " + name + ", width: 1}", "{architecture: patchgan}");
        Network network = Architectures.translatorNetwork(recipe, Shape.of(3, 64, 64));
        ModelProto model = written(recipe, network);

        assertThat(Architectures.translator(recipe).multiple(network.input())).isEqualTo(multiple);
        assertThat(OnnxTest.doors(model)).isEqualTo(doors);
        assertThat(value(model, "size_multiple")).isEqualTo(multiple > 0 ? String.valueOf(multiple) : "");
        assertThat(value(model, "scale")).isEqualTo(scale);
        assertThat(value(model, "noise")).isEmpty();
    }

    @Test
    void foldsBatchNormsInsideOfSkipsAndResiduals() throws IOException {
        for (String name : new String[] {"unet", "srresnet"}) {
            Recipe recipe = recipe("{architecture: " + name + ", width: 1}", "{architecture: patchgan}");
            Network network = Architectures.translatorNetwork(recipe, Shape.of(3, 64, 64));

            assertThat(written(recipe, network).getGraph().getNodeList())
                    .extracting(NodeProto::getOpType)
                    .contains(name.equals("unet") ? "Concat" : "Add")
                    .doesNotContain("BatchNormalization");
        }
    }

    private ModelProto written(Recipe recipe, Network network) throws IOException {
        int multiple = Architectures.translator(recipe).multiple(network.input());
        try (Model model = Model.create(network, 1)) {
            Format.ONNX.write(file, network, multiple, LivelyModels.weights(model), Metadata.of(recipe, 1));
        }
        try (InputStream in = Files.newInputStream(file)) {
            return ModelProto.parseFrom(in);
        }
    }

    private static String value(ModelProto model, String key) {
        return model.getMetadataPropsList().stream()
                .filter(entry -> entry.getKey().equals(key))
                .map(StringStringEntryProto::getValue)
                .findFirst()
                .orElse("");
    }

    private static Recipe recipe(String generator, String discriminator) {
        String yaml = """
                data: {size: 64, channels: 3}
                generator: %s
                discriminator: %s
                train: {steps: 1}
                """.formatted(generator, discriminator);
        return Recipe.parse("mine", yaml, "mine.yaml", StandardCatalogue.INSTANCE);
    }
}
