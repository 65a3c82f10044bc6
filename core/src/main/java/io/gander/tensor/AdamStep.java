package io.gander.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.TensorList;
import org.bytedeco.pytorch.TensorVector;

/**
 * Adam's update of many tensors in one fused pass (the engine's {@code aten::_fused_adam_}, which the Java presets do
 * not name, so it is called through the dispatcher). Kingma and Ba, 2015, Algorithm 1.
 */
public final class AdamStep {
    private static final OperatorHandle FUSED = find();

    private static OperatorHandle find() {
        Engine.load();
        OperatorHandle handle = Dispatcher.singleton().findSchemaOrThrow("aten::_fused_adam_", "");
        handle.retainReference(); // it outlives the scope that happened to ask first
        return handle;
    }

    private AdamStep() {}

    /**
     * Moves the parameters in place, and both moments with them.
     *
     * @param step counts from 1
     */
    public static void apply(
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<Tensor> firstMoments,
            List<Tensor> secondMoments,
            long step,
            double rate,
            double beta1,
            double beta2,
            double epsilon) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Tensor count = Tensor.full((double) step);
            IValueVector arguments = new IValueVector(
                    list(parameters),
                    list(inFormatOf(parameters, gradients)),
                    list(firstMoments),
                    list(secondMoments),
                    list(List.of()),
                    list(parameters.stream().map(p -> count).toList()),
                    new IValue(rate),
                    new IValue(beta1),
                    new IValue(beta2),
                    new IValue(0.0),
                    new IValue(epsilon),
                    new IValue(false),
                    new IValue(false),
                    new IValue(),
                    new IValue());
            FUSED.callBoxed(arguments);
            parameters.forEach(parameter ->
                    parameter.raw.unsafeGetTensorImpl().bump_version()); // the kernel does not: see LowCopy
        }
    }

    /** The kernel walks raw memory, so a gradient that came in another memory format is copied into the parameter's. */
    private static List<Tensor> inFormatOf(List<Tensor> parameters, List<Tensor> gradients) {
        List<Tensor> aligned = new ArrayList<>(gradients.size());
        for (int i = 0; i < gradients.size(); i++) {
            aligned.add(
                    parameters.get(i).isChannelsLast()
                            ? gradients.get(i).channelsLast()
                            : new Tensor(gradients.get(i).raw.contiguous()));
        }
        return aligned;
    }

    /** A list of tensors as the dispatcher wants it; the presets' constructor for that is missing, its cast is not. */
    private static IValue list(List<Tensor> tensors) {
        TensorVector vector = tensors.isEmpty() ? new TensorVector() : Tensor.vector(tensors);
        return new IValue(new GenericList(new TensorList(vector)));
    }
}
