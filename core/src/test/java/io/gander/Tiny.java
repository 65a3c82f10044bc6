package io.gander;

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

    /** The recipe {@code mnist-mlp} with one hidden layer a player, on the pictures of a folder. */
    public static Recipe mlp(Path pictures) {
        return small(Gander.recipe("mnist-mlp"), pictures)
                .with("generator.hidden", "[12]")
                .with("discriminator.hidden", "[12]");
    }

    /** The recipe {@code mnist-dcgan} at width 2, on the pictures of a folder. */
    public static Recipe dcgan(Path pictures) {
        return small(Gander.recipe("mnist-dcgan"), pictures)
                .with("generator.width", 2)
                .with("discriminator.width", 2);
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
