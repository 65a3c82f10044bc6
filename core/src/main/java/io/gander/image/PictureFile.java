package io.gander.image;

import io.gander.error.BrokenExample;

/** A picture file whose header was read; no pixel yet. */
interface PictureFile {
    /** Pixels, as stored: before turning. */
    int width();

    int height();

    /** How the stored pixels must be turned, as EXIF counts it: 1 (not at all) … 8. */
    int orientation();

    /**
     * The pixels as stored, transparency over black.
     *
     * @param least the shorter side may come out smaller than it is, but not below this; 0 for full size
     */
    Bitmap decode(int least) throws BrokenExample;

    /** Whether {@link #alpha} may find something transparent. */
    default boolean hasAlpha() {
        return false;
    }

    /** How opaque each pixel is, as stored, in 1 channel: 0 for not at all. */
    default Bitmap alpha() throws BrokenExample {
        throw new UnsupportedOperationException("no alpha is read from this format");
    }
}
