package io.gander.bench;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;

/**
 * ONNX Runtime in Java as a peer: times a generator's file in a warm process. The arguments are the file, a batch and seconds; prints the
 * median call, seconds.
 */
public final class OnnxImages {
    private OnnxImages() {}

    public static void main(String[] arguments) throws OrtException {
        int batch = Integer.parseInt(arguments[1]);
        double seconds = Double.parseDouble(arguments[2]);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(arguments[0])) {
            Map.Entry<String, NodeInfo> input =
                    session.getInputInfo().entrySet().iterator().next();
            int latent = (int) ((TensorInfo) input.getValue().getInfo()).getShape()[1];
            Random random = new Random(1);
            float[] z = new float[batch * latent];
            for (int i = 0; i < z.length; i++) {
                z[i] = (float) random.nextGaussian();
            }
            try (OnnxTensor noise =
                    OnnxTensor.createTensor(environment, FloatBuffer.wrap(z), new long[] {batch, latent})) {
                Map<String, OnnxTensor> inputs = Map.of(input.getKey(), noise);
                System.out.println(
                        Calls.median(seconds, number -> session.run(inputs).close()));
            }
        }
    }
}
