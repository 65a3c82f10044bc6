package io.gander.tensor;

import org.bytedeco.javacpp.PointerScope;

/**
 * Owns every native object born in it: {@code try (Scope scope = Scope.open()) { … }}. Scopes nest; each belongs to the
 * thread that opened it.
 */
public final class Scope implements AutoCloseable {
    private final PointerScope pointers;

    private Scope() {
        Engine.prepareThread();
        this.pointers = new PointerScope();
    }

    public static Scope open() {
        return new Scope();
    }

    @Override
    public void close() {
        pointers.close();
    }
}
