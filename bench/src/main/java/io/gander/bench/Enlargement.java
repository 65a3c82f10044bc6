package io.gander.bench;

import io.gander.Gander;
import io.gander.generate.ImageTranslator;
import io.gander.generate.Weights;
import io.gander.image.Bitmap;
import io.gander.recipe.Precision;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Times a run's translator on a square picture in a warm process: the arguments are the run's directory, the side, calls and a
 * precision; prints the median call, seconds.
 */
public final class Enlargement {
    private Enlargement() {}

    public static void main(String[] arguments) {
        int side = Integer.parseInt(arguments[1]);
        double[] seconds = new double[Integer.parseInt(arguments[2])];
        Precision precision = Precision.valueOf(arguments[3].toUpperCase(Locale.ROOT));
        byte[] pixels = new byte[3 * side * side];
        new Random(1).nextBytes(pixels);
        Bitmap picture = new Bitmap(pixels, 3, side, side);
        ImageTranslator.Options usual = ImageTranslator.Options.DEFAULT;
        ImageTranslator.Options options = new ImageTranslator.Options(
                Weights.NEWEST.in(precision), usual.back(), usual.scale(), usual.degrade(), usual.seed());
        try (ImageTranslator translator = Gander.translator(Path.of(arguments[0]), options)) {
            for (int call = -1; call < seconds.length; call++) {
                long began = System.nanoTime();
                translator.translate(picture);
                if (call >= 0) {
                    seconds[call] = (System.nanoTime() - began) / 1e9;
                }
            }
        }
        Arrays.sort(seconds);
        System.out.println(seconds[seconds.length / 2]);
    }
}
