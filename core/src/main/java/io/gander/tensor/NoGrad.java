package io.gander.tensor;

import org.bytedeco.pytorch.NoGradGuard;

/** While open, operations on this thread record nothing for differentiation. */
public final class NoGrad implements AutoCloseable {
    private final NoGradGuard guard;

    private NoGrad() {
        Engine.load();
        this.guard = new NoGradGuard();
    }

    public static NoGrad open() {
        return new NoGrad();
    }

    @Override
    public void close() {
        guard.close();
    }
}
