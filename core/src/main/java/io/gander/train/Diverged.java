package io.gander.train;

/** A loss or a weight became NaN or infinite: the run was stopped, its last good checkpoint kept. */
public final class Diverged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long step;

    Diverged(String message, long step) {
        super(message);
        this.step = step;
    }

    /** The round after which it showed. */
    long step() {
        return step;
    }
}
