package io.gander.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;

/** The smallest GAN that trains: a few thousand steps a second, on pictures of noise. */
final class Tiny {
    private Tiny() {}

    /** Writes {@code tiny.yaml} and its pictures of 8×8 into a folder, and returns the recipe's path. */
    static Path recipe(Path folder, int steps) throws IOException {
        Path data = photos(folder.resolve("data"), 24, 8);
        return Files.writeString(folder.resolve("tiny.yaml"), """
                # Tiny, for tests.
                data:          {path: '%s', size: 8, channels: 1}
                generator:     {architecture: mlp, latent: 4, hidden: [8]}
                discriminator: {architecture: mlp, hidden: [8]}
                train:
                  steps: %d
                  batch: 8
                  ema: 0.9
                  threads: 1
                  log-every: 5
                  sample-every: 50
                  samples: 4
                  checkpoint-every: 20
                  keep-checkpoints: 2
                """.formatted(data, steps));
    }

    /** Fills a folder with small pictures. */
    static Path photos(Path folder, int count, int side) throws IOException {
        return photos(folder, count, side, side);
    }

    static Path photos(Path folder, int count, int width, int height) throws IOException {
        Files.createDirectories(folder);
        Random random = new Random(5);
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < width * height; p++) {
                image.setRGB(p % width, p / width, random.nextInt(1 << 24));
            }
            ImageIO.write(image, "png", folder.resolve("photo-" + i + ".png").toFile());
        }
        return folder;
    }

    /** Writes boxes of several sizes that stand on the ground, as NumPy's bytes of 0 and 1: (count, side, side, side). */
    static Path solids(Path file, int count, int side) throws IOException {
        String header = String.format(
                Locale.ROOT,
                "{'descr': '|u1', 'fortran_order': False, 'shape': (%d, %d, %d, %d), }%n",
                count,
                side,
                side,
                side);
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        array.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        array.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < count; i++) {
            for (int x = 0; x < side; x++) {
                for (int y = 0; y < side; y++) {
                    for (int z = 0; z < side; z++) {
                        boolean full = 3 * x > side && 2 * y < side + i && 2 * z < side + i % 7;
                        array.write(full ? 1 : 0);
                    }
                }
            }
        }
        return Files.write(file, array.toByteArray());
    }
}
