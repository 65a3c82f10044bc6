package io.gander.download;

import java.time.Duration;

/** Why an attempt to fetch a file failed, in a few words. */
final class Trouble extends Exception {
    private static final long serialVersionUID = 1L;

    /** What to do about it. */
    enum Kind {
        /** Try again after a pause. */
        PASSING,
        /** There is no way to the server: another attempt would not find one. */
        UNREACHABLE,
        /** The server was reached and will not give the file. */
        REFUSED
    }

    private final Kind kind;
    private final Duration wait;

    Trouble(Kind kind, String reason) {
        this(kind, reason, Duration.ZERO);
    }

    /**
     * Trouble with a server that wants a pause.
     *
     * @param wait how long at least
     */
    Trouble(Kind kind, String reason, Duration wait) {
        super(reason);
        this.kind = kind;
        this.wait = wait;
    }

    Kind kind() {
        return kind;
    }

    Duration pause() {
        return wait;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
