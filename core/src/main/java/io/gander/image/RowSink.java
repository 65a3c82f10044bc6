package io.gander.image;

import java.io.IOException;

/** Takes a picture's rows, top to bottom, as they are finished, so that nobody needs to hold the whole. */
@FunctionalInterface
public interface RowSink {
    /**
     * The next row.
     *
     * @param pixels width·channels unsigned bytes, the channels of a pixel side by side; used again after the call
     */
    void row(byte[] pixels) throws IOException;

    /** Hands all rows of a picture to a sink. */
    static void copy(Bitmap picture, RowSink sink) throws IOException {
        byte[] row = new byte[picture.width() * picture.channels()];
        for (int y = 0; y < picture.height(); y++) {
            System.arraycopy(picture.pixels(), y * row.length, row, 0, row.length);
            sink.row(row);
        }
    }
}
