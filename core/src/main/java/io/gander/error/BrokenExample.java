package io.gander.error;

/** An example that cannot be used. The message says why, to be read after its name: "is cut off". */
public final class BrokenExample extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong, for counting. */
    public enum Kind {
        /** Of a format that is not known here, or of none. */
        UNKNOWN_FORMAT,
        /** The file ends before the example does. */
        TRUNCATED,
        /** Damaged, or of a variant that the decoder does not know. */
        DAMAGED,
        /** Smaller than the recipe wants. */
        TOO_SMALL,
        /** More bytes or numbers than any honest example has here. */
        TOO_LARGE,
        /** The file or the archive's entry cannot be read. */
        UNREADABLE,
        /** One half of a pair is missing. */
        NO_PARTNER
    }

    private final Kind kind;

    public BrokenExample(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Ends too early. */
    public static BrokenExample cutOff() {
        return new BrokenExample(Kind.TRUNCATED, "is cut off");
    }

    /** Holds what cannot be. */
    public static BrokenExample damaged() {
        return new BrokenExample(Kind.DAMAGED, "is damaged");
    }

    /** Of a kind that its format allows, but that is not read here; the cure is what the user can do. */
    public static BrokenExample unknown(String what, String cure) {
        return new BrokenExample(Kind.DAMAGED, "is " + what + ", which is not read; " + cure);
    }

    public Kind kind() {
        return kind;
    }
}
