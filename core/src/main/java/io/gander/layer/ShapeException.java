package io.gander.layer;

/** A layer was given a shape that it cannot take; the network that contains it turns this into a user's error. */
public final class ShapeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String place;

    ShapeException(Layer layer, Shape input, String need) {
        this("", layer + " cannot take " + input + ": " + need);
    }

    private ShapeException(String place, String message) {
        super(message);
        this.place = place;
    }

    ShapeException in(int index) {
        return new ShapeException(place.isEmpty() ? "" + index : index + "." + place, String.valueOf(getMessage()));
    }

    /** The layer's place in the tree, such as "3". */
    public String place() {
        return place;
    }
}
