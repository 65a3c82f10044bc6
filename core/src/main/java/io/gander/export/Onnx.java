package io.gander.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.gander.error.UserError;
import io.gander.layer.Shape;
import io.gander.network.Folding;
import io.gander.network.Network;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Networks as ONNX models (operator set 17, IR version 8: ONNX 1.12, 2022), float32, with a batch of any size, and pictures
 * of many sizes where the network takes them. Batch norms are folded away where that is exact ({@link Folding}), dropout is
 * gone. Specification: onnx/onnx, docs/IR.md.
 */
public final class Onnx {
    private static final long OPERATOR_SET = 17;
    private static final long IR_VERSION = 8;
    /** Protocol buffers end at 2 GiB; this leaves room for everything but the weights. */
    private static final long MAX_BYTES = Integer.MAX_VALUE - (16L << 20);

    private static final String BATCH = "batch";
    private static final List<String> SIDES = List.of("height", "width");
    private static final List<String> SIDES_OUT = List.of("height_out", "width_out");

    private Onnx() {}

    /**
     * Writes a network as it is in inference. The file appears whole or not at all; an older one is replaced.
     *
     * @param weights the network's, by name, in NCHW order
     * @param inputName what the input is called: [batch, …] in the network's input shape, NCHW
     * @param outputName what the output is called: [batch, …] in the network's output shape, NCHW
     * @param multiple what the height and the width of an input are multiples of, so that the model leaves them open; 0 if
     *     they are those of the network's input: see {@link io.gander.architecture.TranslatorArchitecture#multiple}
     * @param metadata kept as the model's {@code metadata_props}; {@link Metadata#VERSION} is also its producer's version
     * @throws UserError if the weights are not the network's or too many, or the file cannot be written
     */
    public static void write(
            Path file,
            Network network,
            Map<String, float[]> weights,
            String inputName,
            String outputName,
            int multiple,
            Map<String, String> metadata) {
        if (inputName.equals(outputName)) {
            throw new IllegalArgumentException("input and output are both called " + inputName);
        }
        if (network.values() * Float.BYTES > MAX_BYTES) {
            throw new UserError("cannot write " + file + ": an ONNX file holds 2 GiB, and the " + network.name()
                    + " has more; use --format safetensors.");
        }
        ModelProto model = model(Folding.of(network, weights), inputName, outputName, multiple, metadata);
        Export.whole(file, beside -> write(beside, model));
    }

    private static void write(Path file, ModelProto model) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            model.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    private static ModelProto model(
            Folding folding, String inputName, String outputName, int multiple, Map<String, String> metadata) {
        Network network = folding.network();
        OnnxGraph graph = new OnnxGraph(folding);
        graph.finish(network.layer().onnx(graph, inputName, network.input()), inputName, outputName);
        List<String> open = multiple > 0 ? SIDES : List.of();
        List<String> openOut = multiple > 0 ? SIDES_OUT : List.of();
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setProducerName("gander")
                .setProducerVersion(metadata.getOrDefault(Metadata.VERSION, ""))
                .setGraph(graph.graph()
                        .setName(network.name())
                        .addInput(value(inputName, network.input(), open))
                        .addOutput(value(outputName, network.output(), sameSides(network) ? open : openOut)));
        Metadata.with(metadata, multiple)
                .forEach((key, text) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(text)));
        return model.build();
    }

    /** Sides that are the same are called the same, so that others can infer that they are. */
    private static boolean sameSides(Network network) {
        Shape in = network.input();
        Shape out = network.output();
        return !in.axes().isEmpty() && in.axes().equals(out.axes());
    }

    /** A float32 batch of the shape, of any size; the last dimensions are left open under the given names. */
    private static ValueInfoProto value(String name, Shape shape, List<String> open) {
        TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
        sizes.addDimBuilder().setDimParam(BATCH);
        int closed = shape.sizes().size() - open.size();
        shape.sizes().subList(0, closed).forEach(size -> sizes.addDimBuilder().setDimValue(size));
        open.forEach(side -> sizes.addDimBuilder().setDimParam(side));
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                .setShape(sizes);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
