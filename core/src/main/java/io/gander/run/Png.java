package io.gander.run;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as PNG files with text chunks. */
public final class Png {
    private static final String NATIVE = "javax_imageio_png_1.0";

    private Png() {}

    /**
     * A PNG file's bytes.
     *
     * @param text iTXt chunks (UTF-8) by keyword
     */
    public static byte[] encode(BufferedImage image, Map<String, String> text) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // in memory: ImageIO's own choice is a file that vanishes when Ctrl-C begins to end the process
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
            if (!text.isEmpty()) {
                IIOMetadataNode root = new IIOMetadataNode(NATIVE);
                IIOMetadataNode chunk = new IIOMetadataNode("iTXt");
                text.forEach((keyword, value) -> chunk.appendChild(entry(keyword, value)));
                root.appendChild(chunk);
                metadata.mergeTree(NATIVE, root);
            }
            writer.setOutput(out);
            writer.write(new IIOImage(image, null, metadata));
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static IIOMetadataNode entry(String keyword, String value) {
        IIOMetadataNode entry = new IIOMetadataNode("iTXtEntry");
        entry.setAttribute("keyword", keyword);
        entry.setAttribute("compressionFlag", "FALSE");
        entry.setAttribute("compressionMethod", "0");
        entry.setAttribute("languageTag", "en");
        entry.setAttribute("translatedKeyword", keyword);
        entry.setAttribute("text", value);
        return entry;
    }
}
