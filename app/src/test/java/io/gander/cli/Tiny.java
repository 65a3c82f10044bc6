package io.gander.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
