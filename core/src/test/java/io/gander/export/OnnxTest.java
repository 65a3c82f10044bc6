package io.gander.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.gander.Networks;
import io.gander.architecture.Architectures;
import io.gander.error.UserError;
import io.gander.layer.Conv;
import io.gander.layer.ConvTranspose;
import io.gander.layer.Dropout;
import io.gander.layer.GroupNorm;
import io.gander.layer.Initializer;
import io.gander.layer.InstanceNorm;
import io.gander.layer.Layer;
import io.gander.layer.Layers;
import io.gander.layer.MinibatchDeviation;
import io.gander.layer.Prelu;
import io.gander.layer.ReflectionPad;
import io.gander.layer.Shape;
import io.gander.layer.Upsample;
import io.gander.network.LivelyModels;
import io.gander.network.Model;
import io.gander.network.Network;
import io.gander.recipe.Recipe;
import io.gander.run.Provenance;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle is ONNX Runtime: what it computes from the file is what the model computes. */
class OnnxTest {
    private final Path folder;

    OnnxTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @MethodSource("io.gander.export.Players#networks")
    void computesWhatTheModelComputes(Network network) throws IOException, OrtException {
        Path file = folder.resolve("network.onnx");
        try (Model model = LivelyModels.create(network, 3)) {
            Format.ONNX.write(file, network, LivelyModels.weights(model), Map.of());
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
                for (int batch : new int[] {1, 5}) {
                    compare(model, session, batch);
                }
            }
        }
    }

    /** Along one and three axes: both of DCGAN's networks, R3GAN's generator, and what else works along axes. */
    static Stream<Network> axes() {
        Recipe dcgan = Players.DCGAN_64.recipe();
        Recipe r3gan = Players.R3GAN_64.recipe();
        return Stream.of(Shape.of(1, 32), Shape.of(1, 16, 16, 16))
                .flatMap(example -> Stream.of(
                        Architectures.generator(dcgan).network(example),
                        Architectures.discriminator(dcgan).network(example),
                        Architectures.generator(r3gan).network(example),
                        Architectures.discriminator(r3gan).network(example),
                        every(example.with(4))));
    }

    private static Network every(Shape input) {
        Layer layer = Layers.sequential(
                new ReflectionPad(2),
                new Conv(6, 3, 2, 0, true, 2),
                new Prelu(),
                new GroupNorm(3, 1e-5),
                new Upsample(2),
                Layers.skip(new Conv(2, 3, 1, 1, true), new InstanceNorm(2, 1e-5)),
                new ConvTranspose(3, 3, 2, 1, 1, true));
        return new Network("every", input, layer, Initializer.KAIMING);
    }

    @ParameterizedTest
    @MethodSource("axes")
    void computesTheSameAlongOneAndThreeAxes(Network network) throws IOException, OrtException {
        computesWhatTheModelComputes(network);
    }

    @Test
    void saysWhatItCannotWrite() {
        Network network = new Network("judge", Shape.of(3, 4), new MinibatchDeviation(), Initializer.DCGAN);
        assertThatThrownBy(() -> Format.ONNX.write(folder.resolve("judge.onnx"), network, Map.of(), Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessage("the layer 'minibatch deviation' cannot be written as ONNX; use --format safetensors.");
    }

    private static void compare(Model model, OrtSession session, int batch) throws OrtException {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Tensor x = LivelyModels.input(model.network(), batch, 100 + batch);
            Tensor expected = model.apply(x, false);
            try (OnnxTensor input = OnnxTensor.createTensor(
                            OrtEnvironment.getEnvironment(), FloatBuffer.wrap(x.toArray()), x.shape());
                    OrtSession.Result result = session.run(
                            Map.of(session.getInputNames().iterator().next(), input))) {
                OnnxTensor output = (OnnxTensor) result.get(0);
                assertThat(output.getInfo().getShape()).isEqualTo(expected.shape());
                float[] values = new float[(int) expected.count()];
                output.getFloatBuffer().get(values);
                assertThat(LivelyModels.difference(values, expected.toArray())).isLessThan(1e-5);
            }
        }
    }

    /** Each network with its graph's operators. */
    static Stream<Arguments> graphs() {
        Recipe mlp = Players.MLP.recipe();
        Recipe dcgan = Players.DCGAN_28.recipe();
        Recipe keras = Players.KERAS_28.recipe();
        return Stream.of(
                Arguments.of(Networks.generator(mlp), "Gemm Relu Gemm Relu Gemm Sigmoid Reshape"),
                Arguments.of(Networks.discriminator(mlp), "Flatten Gemm Relu Gemm Relu Gemm"),
                Arguments.of(
                        Networks.generator(dcgan),
                        "Reshape ConvTranspose Relu ConvTranspose Relu ConvTranspose Relu ConvTranspose Tanh"),
                Arguments.of(
                        Networks.discriminator(dcgan), "Conv LeakyRelu Conv LeakyRelu Conv LeakyRelu Conv Flatten"),
                // Behind a reshape nothing is folded.
                Arguments.of(
                        Networks.generator(keras),
                        "Gemm Reshape BatchNormalization Relu ConvTranspose Relu ConvTranspose Relu ConvTranspose Relu"
                                + " ConvTranspose Sigmoid"),
                Arguments.of(
                        Networks.discriminator(keras),
                        "LeakyRelu Conv LeakyRelu Conv LeakyRelu Conv LeakyRelu Conv Flatten Gemm"));
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void foldsBatchNormsAway(Network network, String operators) throws IOException {
        ModelProto model = written(network, Map.of());
        assertThat(model.getGraph().getNodeList())
                .extracting(NodeProto::getOpType)
                .containsExactly(operators.split(" "));
    }

    @Test
    void saysWhatItIs() throws IOException {
        Recipe recipe = Players.DCGAN_28.recipe();
        ModelProto model = written(Networks.generator(recipe), Metadata.of(recipe, 3000));

        assertThat(model.getIrVersion()).isEqualTo(8);
        assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
        assertThat(model.getProducerName()).isEqualTo("gander");
        assertThat(model.getProducerVersion()).isEqualTo(Provenance.version());
        assertThat(model.getMetadataPropsList())
                .extracting(entry -> entry.getKey() + "=" + entry.getValue())
                .containsExactly(
                        "producer=gander",
                        "version=" + Provenance.version(),
                        "recipe=mnist-dcgan",
                        "step=3000",
                        "game=noise",
                        "channels=1",
                        "image_range=[-1, 1]",
                        "noise=normal",
                        "recipe_yaml=" + recipe.toYaml());
        assertThat(Metadata.of(Players.MLP.recipe(), 1)).containsEntry("image_range", "[0, 1]");
    }

    @Test
    void namesItsDoors() throws IOException {
        Recipe recipe = Players.DCGAN_64.recipe();
        ModelProto generator = written(Networks.generator(recipe), Map.of());
        assertThat(doors(generator)).isEqualTo("latent[batch, 20] → image[batch, 3, 64, 64]");
        ModelProto discriminator = written(Networks.discriminator(recipe), Map.of());
        assertThat(doors(discriminator)).isEqualTo("image[batch, 3, 64, 64] → logit[batch, 1]");
        ModelProto solids = written(Architectures.generator(recipe).network(Shape.of(1, 16, 16, 16)), Map.of());
        assertThat(doors(solids)).isEqualTo("latent[batch, 20] → example[batch, 1, 16, 16, 16]");
    }

    static String doors(ModelProto model) {
        return Stream.of(model.getGraph().getInput(0), model.getGraph().getOutput(0))
                .map(value -> value.getName()
                        + value.getType().getTensorType().getShape().getDimList().stream()
                                .map(d -> d.hasDimParam() ? d.getDimParam() : String.valueOf(d.getDimValue()))
                                .toList())
                .reduce((a, b) -> a + " → " + b)
                .orElseThrow();
    }

    private ModelProto written(Network network, Map<String, String> metadata) throws IOException {
        Path file = folder.resolve("written.onnx");
        try (Model model = Model.create(network, 1)) {
            Format.ONNX.write(file, network, LivelyModels.weights(model), metadata);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return ModelProto.parseFrom(in);
        }
    }

    @Test
    void aNetworkThatDoesNothingIsAModelToo() throws OrtException {
        Network network = new Network("idle", Shape.of(3), new Dropout(0.5, false), Initializer.DCGAN);
        Path file = folder.resolve("idle.onnx");
        Onnx.write(file, network, Map.of(), "in", "out", 0, Map.of());
        try (Model model = Model.create(network, 1);
                OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
            compare(model, session, 2);
        }
        assertThatThrownBy(() -> Onnx.write(file, network, Map.of(), "x", "x", 0, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatNoOnnxFileCanHold() {
        Recipe wide = Players.DCGAN_64.recipe().with("generator.width", 4096);
        Network network = Networks.generator(wide);
        assertThatThrownBy(() -> Format.ONNX.write(folder.resolve("wide.onnx"), network, Map.of(), Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("2 GiB")
                .hasMessageContaining("safetensors");
    }

    @Test
    void theSameNetworkIsTheSameFile() throws IOException {
        Network network = Networks.generator(Players.KERAS_28.recipe());
        assertThat(written(network, Map.of())).isEqualTo(written(network, Map.of()));
        assertThat(folder.toFile().list()).containsExactly("written.onnx");
    }
}
