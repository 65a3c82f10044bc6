package io.gander.tensor;

import org.bytedeco.pytorch.GradMode;
import org.jspecify.annotations.Nullable;

/**
 * A weight's copy in bfloat16, made anew only when the weight has moved, or when gradients are wanted and the copy has none: a
 * discriminator uses its weights twice or three times in a round. Gradients flow through the copy to the weight. Owns native memory
 * until closed.
 */
public final class LowCopy implements AutoCloseable {
    private final Tensor weight;
    private @Nullable Tensor copy;
    /** The engine's count of the weight's changes in place when it was copied. */
    private long version;

    /** @param weight whose copy it will be; not owned */
    public LowCopy(Tensor weight) {
        this.weight = weight;
    }

    /** The copy of the weight's present values. It is valid until the weight moves. */
    public synchronized Tensor get() {
        boolean differentiable = weight.requiresGrad() && GradMode.is_enabled();
        Tensor known = copy;
        if (known == null || version != weight.raw._version() || (differentiable && !known.requiresGrad())) {
            close();
            version = weight.raw._version();
            known = weight.bfloat16().keep();
            copy = known;
        }
        return known.requiresGrad() && !differentiable ? known.detach() : known;
    }

    @Override
    public synchronized void close() {
        Tensor known = copy;
        if (known != null) {
            known.close();
            copy = null;
        }
    }
}
