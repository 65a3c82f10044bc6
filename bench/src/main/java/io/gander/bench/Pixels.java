package io.gander.bench;

import io.gander.error.BrokenExample;
import io.gander.image.Bitmap;
import io.gander.image.Decoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Decodes the files that {@code bench/decoders.py} names on standard input, and writes their pixels for it. */
public final class Pixels {
    private Pixels() {}

    /**
     * Answers each line, a file's name, with one of its own: {@code read WIDTH HEIGHT CHANNELS MILLISECONDS}, the pixels
     * then lying in the file of the argument with its transparency behind them; {@code refused KIND MESSAGE}; or
     * {@code failed EXCEPTION}, which should never happen.
     */
    public static void main(String[] arguments) throws IOException {
        Path out = Path.of(arguments[0]);
        BufferedReader names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String name = names.readLine(); name != null; name = names.readLine()) {
            System.out.println(answer(Files.readAllBytes(Path.of(name)), out));
        }
    }

    private static String answer(byte[] file, Path out) throws IOException {
        long start = System.nanoTime();
        try {
            Bitmap bitmap = Decoder.decode(file, 0);
            Bitmap alpha = Decoder.alpha(file);
            long milliseconds = (System.nanoTime() - start) / 1_000_000;
            byte[] pixels = bitmap.pixels();
            byte[] opacity = alpha == null ? new byte[0] : alpha.pixels();
            byte[] both = new byte[pixels.length + opacity.length];
            System.arraycopy(pixels, 0, both, 0, pixels.length);
            System.arraycopy(opacity, 0, both, pixels.length, opacity.length);
            Files.write(out, both);
            return "read " + bitmap.width() + " " + bitmap.height() + " " + bitmap.channels() + " " + milliseconds;
        } catch (BrokenExample e) {
            return "refused " + e.kind() + " " + e.getMessage();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return "failed " + e;
        }
    }
}
