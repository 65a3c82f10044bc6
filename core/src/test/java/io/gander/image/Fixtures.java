package io.gander.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The files that {@code bench/oracle/make_image_fixtures.py} and {@code make_output_fixtures.py} wrote. */
final class Fixtures {
    private Fixtures() {}

    /** The words of each line of a folder's list. */
    static List<String[]> list(String folder) {
        return new String(bytes(folder + "/list.txt"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split(" ", -1))
                .toList();
    }

    /** The names of the pictures that must be decoded. */
    static List<String> pictures() {
        return list("decode").stream().map(words -> words[0]).toList();
    }

    static byte[] picture(String name) {
        return bytes("decode/" + name);
    }

    /** What Pillow makes of a picture. */
    static Bitmap wanted(String name) {
        String[] words = list("decode").stream()
                .filter(line -> line[0].equals(name))
                .findFirst()
                .orElseThrow();
        return new Bitmap(
                bytes("decode/" + name + ".raw"),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[1]));
    }

    /** Whether Pillow finds an alpha in a picture. */
    static boolean transparent(String name) {
        return Fixtures.class.getResource("/io/gander/image/alpha/" + name + ".raw") != null;
    }

    static byte[] bytes(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/io/gander/image/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
