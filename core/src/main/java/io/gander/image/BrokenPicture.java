package io.gander.image;

/** A picture that cannot be used. The message says why, to be read after the file's name: "is cut off". */
public final class BrokenPicture extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong, for counting. */
    public enum Kind {
        /** Not a picture, or of a format that is not known here. */
        NOT_A_PICTURE,
        /** The file ends before the picture does. */
        TRUNCATED,
        /** A picture, but damaged, or of a kind that the decoder does not know. */
        DAMAGED,
        /** Fewer pixels than the recipe wants. */
        TOO_SMALL,
        /** More pixels or bytes than any honest picture has here. */
        TOO_LARGE,
        /** The file or the archive's entry cannot be read. */
        UNREADABLE,
        /** One half of a pair is missing. */
        NO_PARTNER
    }

    private final Kind kind;

    public BrokenPicture(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static BrokenPicture cutOff() {
        return new BrokenPicture(Kind.TRUNCATED, "is cut off");
    }

    static BrokenPicture damaged() {
        return new BrokenPicture(Kind.DAMAGED, "is damaged");
    }

    /** A picture of a kind that its format allows, but that is not read here. */
    static BrokenPicture unknown(String what) {
        return new BrokenPicture(Kind.DAMAGED, "is " + what + ", which is not read");
    }

    public Kind kind() {
        return kind;
    }
}
