package io.gander.image;

import io.gander.error.BrokenExample;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import org.w3c.dom.Element;

/** A GIF file's first frame, on the logical screen. Read by the JDK: leptonica would decode all frames. */
record Gif(byte[] file, int width, int height) implements PictureFile {
    private static final byte TRAILER = ';';
    private static final String METADATA = "javax_imageio_gif_image_1.0";

    static Gif open(byte[] file) throws BrokenExample {
        if (file.length < 13) {
            throw BrokenExample.cutOff();
        }
        return new Gif(file, Bytes.little16(file, 6), Bytes.little16(file, 8));
    }

    @Override
    public int orientation() {
        return Orientation.UPRIGHT;
    }

    @Override
    public Bitmap decode(int least) throws BrokenExample {
        try {
            return JdkReader.read("gif", file, this::frame);
        } catch (BrokenExample e) { // the reader takes what is missing for damage
            boolean ended = file[file.length - 1] == TRAILER;
            throw e.kind() == BrokenExample.Kind.DAMAGED && !ended ? BrokenExample.cutOff() : e;
        }
    }

    private Bitmap frame(ImageReader reader) throws IOException, BrokenExample {
        Decoder.checkSize(reader.getWidth(0), reader.getHeight(0));
        BufferedImage frame = reader.read(0);
        IIOMetadataNode metadata = (IIOMetadataNode) reader.getImageMetadata(0).getAsTree(METADATA);
        Element place =
                (Element) metadata.getElementsByTagName("ImageDescriptor").item(0);
        int left = Integer.parseInt(place.getAttribute("imageLeftPosition"));
        int top = Integer.parseInt(place.getAttribute("imageTopPosition"));
        return JdkReader.onScreen(frame, left, top, width, height);
    }
}
