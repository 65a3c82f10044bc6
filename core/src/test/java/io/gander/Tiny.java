package io.gander;

import io.gander.game.StandardCatalogue;
import io.gander.recipe.Recipe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Shipped recipes made small: little networks on a folder of a few 8×8 pictures, milliseconds a step. */
public final class Tiny {
    private Tiny() {}

    /** The recipe {@code mnist-mlp-keras} with one hidden layer a player, on the pictures of a folder. */
    public static Recipe mlp(Path pictures) {
        return small(Gander.recipe("mnist-mlp-keras"), pictures)
                .with("generator.hidden", "[12]")
                .with("discriminator.hidden", "[12]");
    }

    /** The recipe {@code mnist-dcgan} at width 2, on the pictures of a folder. */
    public static Recipe dcgan(Path pictures) {
        return small(Gander.recipe("mnist-dcgan"), pictures)
                .with("generator.width", 2)
                .with("discriminator.width", 2);
    }

    /** A U-Net against a conditional discriminator that fills in what noise and missing blocks took from a folder's pictures. */
    public static Recipe paired(Path pictures) {
        return between("paired", "path: " + quoted(pictures.toString()), "batch")
                .with("degrade", "{noise: [0, 20], blocks: 0.25, block-size: 2}")
                .with("generator.dropout", 0.5);
    }

    /** Two U-Nets between a folder's pictures and the same again, with a pool that soon is full. */
    public static Recipe unpaired(Path pictures) {
        String path = quoted(pictures.toString());
        return between("unpaired", "pairs: unpaired, path: " + path + ", second: " + path, "instance")
                .with("objective.pool", 6)
                .with("train.batch", 1);
    }

    private static Recipe between(String game, String data, String norm) {
        return Recipe.parse("tiny", """
                game: %s
                data: {%s, size: 8, channels: 1}
                generator: {architecture: unet, width: 2, downs: 2, dropout: 0, norm: %s}
                discriminator: {architecture: patchgan, width: 2, layers: 1, norm: %s}
                train:
                  steps: 12
                  batch: 4
                  threads: 1
                  ema: 0.9
                  samples: 4
                  log-every: 1
                  sample-every: 6
                  checkpoint-every: 4
                """.formatted(game, data, norm, norm), "tiny.yaml", StandardCatalogue.INSTANCE);
    }

    private static Recipe small(Recipe recipe, Path pictures) {
        return recipe.with("data", "{path: " + quoted(pictures.toString()) + ", size: 8, channels: 1}")
                .with("generator.latent", 5)
                .with("train.steps", 12)
                .with("train.batch", 8)
                .with("train.threads", 1)
                .with("train.samples", 4)
                .with("train.log-every", 1)
                .with("train.sample-every", 6)
                .with("train.checkpoint-every", 4);
    }

    /** Any text as a value in YAML. */
    public static String quoted(String text) {
        return Recipe.quoted(text);
    }

    /** Fills a new folder with 21 random pictures, a number that no batch divides, and returns it. */
    public static Path pictures(Path folder) {
        try {
            Files.createDirectories(folder);
            Random random = new Random(7);
            for (int i = 0; i < 21; i++) {
                picture(folder.resolve("picture-" + i + ".png"), random.nextInt());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes an 8×8 picture of noise. */
    public static void picture(Path file, long seed) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        byte[] noise = new byte[64];
        new Random(seed).nextBytes(noise);
        image.getRaster().setDataElements(0, 0, 8, 8, noise);
        ImageIO.write(image, "png", file.toFile());
    }
}
