package io.gander.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.Gander;
import io.gander.Tiny;
import io.gander.error.BrokenExample;
import io.gander.game.StandardCatalogue;
import io.gander.generate.ImageTranslator.Progress;
import io.gander.image.Bitmap;
import io.gander.image.ColourProfile;
import io.gander.image.Decoder;
import io.gander.image.JpegEncoder;
import io.gander.recipe.Recipe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTranslatorTest {
    private static Path run = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    private final List<String> notes = new ArrayList<>();

    @BeforeAll
    static void train(@TempDir Path temporary) {
        String pictures = Tiny.pictures(temporary.resolve("pictures")).toString();
        Recipe recipe = Recipe.parse(
                "larger",
                "data: {path: " + Tiny.quoted(pictures) + ", size: 8, channels: 3, tiles: 1}\n" + """
                game: paired
                generator: {architecture: srresnet, width: 2, blocks: 1, scale: 2}
                discriminator: {architecture: patchgan, width: 2, layers: 1}
                train: {steps: 1, batch: 4, threads: 1, samples: 2}
                """,
                "larger",
                StandardCatalogue.INSTANCE);
        run = temporary.resolve("larger");
        Gander.train(recipe, run);
    }

    private Path photo(String name, int height, int width) throws IOException {
        byte[] pixels = new byte[3 * height * width];
        new Random(2).nextBytes(pixels);
        Path file = folder.resolve(name);
        ImageIO.write(new Bitmap(pixels, 3, height, width).toImage(), "png", file.toFile());
        return file;
    }

    private static Bitmap decoded(Path file) throws IOException, BrokenExample {
        return Decoder.decode(Files.readAllBytes(file), 0);
    }

    private FileTranslator files(ImageTranslator translator) {
        return new FileTranslator(translator, 95, notes::add);
    }

    @Test
    void aPngHoldsWhatTheLibraryReturns() throws IOException, BrokenExample {
        Path photo = photo("photo.png", 40, 53);
        Path out = folder.resolve("new/folder/out.png");
        try (ImageTranslator translator = Gander.translator(run)) {
            List<Integer> tiles = new ArrayList<>();
            ImageTranslator.Size size = files(translator).translate(photo, out, (done, of) -> tiles.add(done), null);
            assertThat(size).isEqualTo(new ImageTranslator.Size(106, 80));
            assertThat(tiles).isNotEmpty();
            assertThat(decoded(out).pixels())
                    .isEqualTo(translator.translate(decoded(photo)).pixels());
        }
        assertThat(new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1))
                .contains("Disclaimer", "recipe larger, step 1, average weights, seed 1");
        assertThat(notes).isEmpty();
    }

    @Test
    void aJpegHoldsItToo() throws IOException, BrokenExample {
        Path photo = photo("photo.png", 9, 30);
        Path out = folder.resolve("out.JPG");
        try (ImageTranslator translator = Gander.translator(run)) {
            files(translator).translate(photo, out, Progress.SILENT, null);
            byte[] expected = JpegEncoder.encode(translator.translate(decoded(photo)), 95);
            assertThat(Files.readAllBytes(out)).isEqualTo(expected);
        }
    }

    @Test
    void transparencyIsKeptInPngsOnly() throws IOException, BrokenExample {
        BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 200; i++) {
            int alpha = i % 20 < 8 ? 0 : i % 20 < 12 ? 128 : 255;
            image.setRGB(i % 20, i / 20, alpha << 24 | 0xC08040);
        }
        Path photo = folder.resolve("part.png");
        ImageIO.write(image, "png", photo.toFile());
        Path png = folder.resolve("out.png");
        try (ImageTranslator translator = Gander.translator(run)) {
            FileTranslator files = files(translator);
            files.translate(photo, png, Progress.SILENT, null);
            Bitmap alpha = Objects.requireNonNull(Decoder.alpha(Files.readAllBytes(png)));
            assertThat(alpha.width()).isEqualTo(40);
            assertThat(alpha.pixels()[2] & 255).isZero();
            assertThat(alpha.pixels()[20] & 255).isBetween(120, 136);
            assertThat(alpha.pixels()[36] & 255).isEqualTo(255);
            byte[] overBlack = decoded(png).pixels(); // which multiplies by the alpha again
            byte[] made = translator.translate(decoded(photo)).pixels();
            for (int i = 0; i < made.length; i++) {
                int most = alpha.pixels()[i / 3] & 255; // no colour is brighter than white
                assertThat(overBlack[i] & 255)
                        .isBetween(Math.min(made[i] & 255, most) - 1, Math.min(made[i] & 255, most) + 1);
            }
            assertThat(notes).isEmpty();

            files.translate(photo, folder.resolve("one.jpg"), Progress.SILENT, null);
            files.translate(photo, folder.resolve("two.jpg"), Progress.SILENT, null);
            assertThat(notes).hasSize(1).first().asString().contains("part.png", "transparent", ".png");
        }
    }

    @Test
    void aColourProfileIsKept() throws IOException, BrokenExample {
        byte[] profile = resource("profile.icc");
        try (ImageTranslator translator = Gander.translator(run)) {
            for (String name : List.of("rgb.jpg", "rgb.png", "rgb.webp")) {
                Path photo = Files.write(folder.resolve(name), resource(name));
                for (String out : List.of("out.png", "out.jpeg")) {
                    files(translator).translate(photo, folder.resolve(out), Progress.SILENT, null);
                    assertThat(ColourProfile.of(Files.readAllBytes(folder.resolve(out)), 3))
                            .isEqualTo(profile);
                }
            }
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = FileTranslatorTest.class.getResourceAsStream("/io/gander/image/profile/" + name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void whoeverStopsLeavesNothing() throws IOException, BrokenExample {
        Path photo = photo("photo.png", 400, 50);
        Path out = Files.writeString(folder.resolve("out.png"), "before");
        Progress stop = (done, of) -> {
            assertThat(of).isGreaterThan(1);
            throw new CancellationException();
        };
        try (ImageTranslator translator = Gander.translator(run)) {
            assertThatThrownBy(() -> files(translator).translate(photo, out, stop, null))
                    .isInstanceOf(CancellationException.class);
            assertThat(out).hasContent("before");
            assertThat(folder).isDirectoryNotContaining("glob:**writing*");
            files(translator).translate(photo, out, Progress.SILENT, null);
            assertThat(decoded(out).height()).isEqualTo(800);
        }
    }

    @Test
    void aSheetShowsInputAndOutput() throws IOException, BrokenExample {
        BeforeAfter sheet = new BeforeAfter();
        try (ImageTranslator translator = Gander.translator(run)) {
            for (int i = 0; i < 18; i++) {
                Path photo = photo("photo.png", 20 + i, 30);
                files(translator).translate(photo, folder.resolve("out.png"), Progress.SILENT, sheet);
                assertThat(sheet.full()).isEqualTo(i >= 15);
            }
        }
        assertThat(sheet.rows()).isEqualTo(16);
        BufferedImage image = sheet.image();
        assertThat(image.getWidth()).isEqualTo(2 * 60 + 3 * 2);
        int rows = java.util.stream.IntStream.range(0, 16)
                .map(i -> 2 * (20 + i) + 2)
                .sum();
        assertThat(image.getHeight()).isEqualTo(rows + 2);
        assertThat(Arrays.stream(new int[] {0, 1, 62, 63, 124, 125}).map(x -> image.getRGB(x, 10) & 0xFFFFFF))
                .as("gaps")
                .containsExactly(0, 0, 0, 0, 0, 0);
    }

    @Test
    void aJpegOfTooManyPixelsIsRefusedBeforeAnyIsMade() throws IOException, BrokenExample {
        try (ImageTranslator translator = Gander.translator(run)) {
            Path huge = photo("huge.png", 5001, 5000);
            Progress never = (done, of) -> {
                throw new AssertionError("a tile was made");
            };
            assertThatThrownBy(() -> files(translator).translate(huge, folder.resolve("huge.jpg"), never, null))
                    .hasMessageContaining("10000×10002")
                    .hasMessageContaining(".png");
        }
    }

    @Test
    void endingsThatCanBeWritten() {
        assertThat(List.of("a.png", "a.b.PNG", "x.jpg", "x.JPEG"))
                .allMatch(name -> FileTranslator.writes(Path.of(name)));
        assertThat(List.of("a.tif", "x.jpg.gz", "x")).noneMatch(name -> FileTranslator.writes(Path.of(name)));
    }

    @Test
    void brokenPicturesSayWhy() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
        try (ImageTranslator translator = Gander.translator(run)) {
            assertThatThrownBy(
                            () -> files(translator).translate(broken, folder.resolve("out.png"), Progress.SILENT, null))
                    .isInstanceOf(BrokenExample.class)
                    .hasMessageContaining("is not a picture");
            assertThat(folder.resolve("out.png")).doesNotExist();
        }
    }
}
