package io.gander.source;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Little pictures as files. */
final class Pngs {
    private Pngs() {}

    /** A picture all in one colour. */
    static byte[] plain(int width, int height, int rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, rgb);
        }
        return png(image);
    }

    static byte[] png(BufferedImage image) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void save(Path file, int rgb) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, plain(4, 4, rgb));
    }

    static List<String> names(Source source) {
        return Items.of(source).stream().map(Item::name).toList();
    }
}
