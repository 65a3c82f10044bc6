package io.gander.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gander.Gander;
import io.gander.Tiny;
import io.gander.error.Complaint;
import io.gander.layer.Shape;
import io.gander.recipe.Recipe;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetsTest {
    private static final int RED = 0xC80000;
    private static final int GREEN = 0x00C800;
    private static final int BLUE = 0x0000C8;

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder(@TempDir Path fresh) {
        folder = fresh;
    }

    @ParameterizedTest
    @CsvSource({"a.png, 0", "a.PNG, 0", "a.bmp, 0", "a.gif, 0", "a.jpg, 4", "a.jpeg, 4", "a.JpG, 4"})
    void readsEveryKindOfFile(String name, int tolerance) throws IOException {
        save(rgb(16, 16, (x, y) -> 0x2090E0), name);

        int[] pixels = first(read(folder, 3, 16));

        assertPlain(Arrays.copyOfRange(pixels, 0, 256), 0x20, tolerance);
        assertPlain(Arrays.copyOfRange(pixels, 256, 512), 0x90, tolerance);
        assertPlain(Arrays.copyOfRange(pixels, 512, 768), 0xE0, tolerance);
    }

    @Test
    void keepsPixelsOfTheRightSizeAsTheyAre() throws IOException {
        Random random = new Random(1);
        int[] noise = random.ints(8 * 8, 0, 1 << 24).toArray();
        save(rgb(8, 8, (x, y) -> noise[y * 8 + x]), "noise.png");

        assertThat(first(read(folder, 3, 8))).containsExactly(planes(noise));
    }

    @Test
    void takesTheCentreOfAWidePicture() throws IOException {
        save(rgb(24, 8, (x, y) -> x < 8 ? RED : x < 16 ? GREEN : BLUE), "wide.png");

        assertThat(first(read(folder, 3, 8))).containsExactly(planes(fill(64, GREEN)));
    }

    @Test
    void takesTheCentreOfATallPicture() throws IOException {
        save(rgb(8, 25, (x, y) -> y < 8 ? RED : y < 16 ? GREEN : BLUE), "tall.png");

        assertThat(first(read(folder, 3, 8))).containsExactly(planes(fill(64, GREEN)));
    }

    @Test
    void averagesWhenItMakesAPictureSmaller() throws IOException {
        // Each 4×4 block is a chequerboard of c − 20 and c + 20, so its mean is c = 50 · (column + row).
        save(rgb(16, 16, (x, y) -> grey(50 * (x / 4 + y / 4) / 2 + 50 + ((x + y) % 2 == 0 ? 20 : -20))), "blocks.png");

        int[] pixels = first(read(folder, 3, 4));

        for (int i = 0; i < 16; i++) {
            assertThat(pixels[i]).as("pixel %d", i).isCloseTo(50 * (i % 4 + i / 4) / 2 + 50, within(1));
        }
    }

    @Test
    void averagesEvenlyIfTheSizesDoNotDivide() throws IOException {
        save(rgb(10, 10, (x, y) -> x < 5 ? 0 : 0xFFFFFF), "halves.png");

        int[] pixels = first(read(folder, 1, 4)); // a pixel is 2½ old ones wide, so the edge at 5 stays sharp

        assertThat(pixels).containsExactly(0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 255);
    }

    @Test
    void aPlainPictureStaysPlainWhenItGrows() throws IOException {
        save(rgb(4, 5, (x, y) -> 0x2090E0), "small.png");

        assertThat(first(read(folder, 3, 16))).containsExactly(planes(fill(256, 0x2090E0)));
    }

    @Test
    void growsSmoothly() throws IOException {
        save(rgb(2, 2, (x, y) -> x == 0 ? 0 : 0xFFFFFF), "step.png");

        int[] row = Arrays.copyOf(first(read(folder, 1, 8, "lanczos")), 8);

        assertThat(row[0]).isLessThan(30);
        assertThat(row[7]).isGreaterThan(225);
        assertThat(Arrays.stream(row).distinct().count()).as("steps").isGreaterThanOrEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32})
    void aGreyPictureKeepsItsValuesAtEverySize(int size) throws IOException {
        BufferedImage grey = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSamples(0, 0, size, size, 0, fill(size * size, 100));
        save(grey, "grey.png");
        save(grey, "grey.jpg");

        Dataset pictures = read(folder, 1, 16);

        assertPlain(read(pictures, 0), 100, 1); // JPEG
        assertPlain(read(pictures, 1), 100, 0);
        assertPlain(first(read(folder, 3, 16)), 100, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    void sixteenBitsOfGreyBecomeEight(int size) throws IOException {
        BufferedImage grey = new BufferedImage(size, size, BufferedImage.TYPE_USHORT_GRAY);
        grey.getRaster().setSamples(0, 0, size, size, 0, fill(size * size, 100 * 257));
        save(grey, "deep.png");

        assertPlain(first(read(folder, 1, 16)), 100, 0);
    }

    @Test
    void colourBecomesGreyAsTelevisionDoesIt() throws IOException {
        save(rgb(4, 4, (x, y) -> RED), "1.png");
        save(rgb(4, 4, (x, y) -> GREEN), "2.png");
        save(rgb(4, 4, (x, y) -> BLUE), "3.png");
        save(rgb(4, 4, (x, y) -> 0xFFFFFF), "4.png");

        Dataset pictures = read(folder, 1, 4);

        assertThat(read(pictures, 0)).containsOnly(60); // .299 · 200
        assertThat(read(pictures, 1)).containsOnly(117); // .587 · 200
        assertThat(read(pictures, 2)).containsOnly(23); // .114 · 200
        assertThat(read(pictures, 3)).containsOnly(255);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32})
    void whatIsTransparentIsBlack(int size) throws IOException {
        BufferedImage half = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < size * size; i++) {
            half.setRGB(i % size, i / size, i % size < size / 2 ? 0x00FF0000 : 0x80FFFFFF);
        }
        save(half, "glass.png");

        int[] pixels = first(read(folder, 3, 16));

        assertThat(IntStream.range(0, 3 * 256).filter(i -> i % 16 < 8).map(i -> pixels[i]))
                .containsOnly(0);
        assertThat(IntStream.range(0, 3 * 256).filter(i -> i % 16 >= 8).map(i -> pixels[i]))
                .allSatisfy(v -> assertThat(v).isCloseTo(128, within(1)));
    }

    @Test
    void readsGreyWithTransparency() throws IOException {
        ColorSpace space = ColorSpace.getInstance(ColorSpace.CS_GRAY);
        ColorModel model = new ComponentColorModel(space, true, false, Transparency.TRANSLUCENT, DataBuffer.TYPE_BYTE);
        WritableRaster raster = model.createCompatibleWritableRaster(16, 16);
        raster.setSamples(0, 0, 16, 16, 0, fill(256, 100));
        raster.setSamples(0, 0, 16, 16, 1, fill(256, 255));
        save(new BufferedImage(model, raster, false, null), "glass.png");

        assertPlain(first(read(folder, 1, 16)), 100, 0);
        assertPlain(first(read(folder, 1, 8)), 100, 0);
    }

    @Test
    void picturesAreInTheOrderOfTheirPathsSubfoldersIncluded() throws IOException {
        Files.createDirectories(folder.resolve("b/c"));
        save(rgb(4, 4, (x, y) -> grey(30)), "c.png");
        save(rgb(4, 4, (x, y) -> grey(10)), "a.png");
        save(rgb(4, 4, (x, y) -> grey(20)), "b/c/z.png");

        Dataset pictures = read(folder, 1, 4);

        assertThat(pictures.count()).isEqualTo(3);
        assertThat(pictures.codec().shape()).isEqualTo(Shape.of(1, 4, 4));
        assertThat(pictures.name()).isEqualTo(String.valueOf(folder.getFileName()));
        assertThat(IntStream.range(0, 3).map(i -> read(pictures, i)[0])).containsExactly(10, 20, 30);
    }

    @Test
    void theFingerprintIsThatOfThePixels() throws IOException {
        save(rgb(4, 4, (x, y) -> GREEN), "a.png");
        String green = read(folder, 3, 4).fingerprint();
        save(rgb(4, 4, (x, y) -> GREEN), "a.bmp");
        Files.delete(folder.resolve("a.png"));

        assertThat(read(folder, 3, 4).fingerprint()).isEqualTo(green).matches("[0-9a-f]{64}");
        save(rgb(4, 4, (x, y) -> x == 0 && y == 0 ? GREEN + 1 : GREEN), "a.bmp");
        assertThat(read(folder, 3, 4).fingerprint()).isNotEqualTo(green);
    }

    @Test
    void leavesOutAndCountsWhatCannotBeRead() throws IOException {
        save(rgb(32, 32, (x, y) -> GREEN), "good.png");
        Files.writeString(folder.resolve("text.png"), "this is not a picture");
        Files.write(folder.resolve("empty.jpg"), new byte[0]);
        Files.write(folder.resolve("only-magic.gif"), new byte[] {'G', 'I', 'F', '8', '9', 'a'});
        Files.writeString(folder.resolve("notes.txt"), "not even asked");

        Dataset pictures = read(folder, 3, 8);

        assertThat(pictures.count()).isEqualTo(1);
        assertThat(pictures.broken()).isEqualTo(3);
        assertThat(first(pictures)).containsExactly(planes(fill(64, GREEN)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void leavesOutAndCountsATruncatedPicture(String kind) throws IOException {
        int[] noise = new Random(2).ints(64 * 64, 0, 1 << 24).toArray();
        save(rgb(64, 64, (x, y) -> noise[y * 64 + x]), "whole." + kind);
        byte[] whole = Files.readAllBytes(folder.resolve("whole." + kind));
        for (int percent : new int[] {10, 50, 90}) {
            Files.write(
                    folder.resolve("cut" + percent + "." + kind), Arrays.copyOf(whole, whole.length * percent / 100));
        }

        Dataset pictures = read(folder, 3, 8);

        assertThat(pictures.count()).as("of the whole one and three pieces").isEqualTo(1);
        assertThat(pictures.broken()).isEqualTo(3);
    }

    @Test
    void keepsAJpegThatLacksNothingButItsEndMarker() throws IOException {
        save(rgb(16, 16, (x, y) -> GREEN), "whole.jpg");
        byte[] whole = Files.readAllBytes(folder.resolve("whole.jpg"));
        Files.write(folder.resolve("whole.jpg"), Arrays.copyOf(whole, whole.length - 2));

        assertThat(read(folder, 3, 8).count()).isEqualTo(1);
    }

    @Test
    void aDamagedPictureNeverEndsTheReading() throws IOException {
        save(rgb(4, 4, (x, y) -> GREEN), "good.png");
        Random random = new Random(3);
        for (String kind : new String[] {"png", "jpg", "gif", "bmp"}) {
            save(rgb(32, 32, (x, y) -> random.nextInt(1 << 24)), "seed." + kind);
            byte[] seed = Files.readAllBytes(folder.resolve("seed." + kind));
            for (int i = 0; i < 25; i++) {
                byte[] damaged = seed.clone();
                for (int j = 0; j < 4; j++) {
                    damaged[random.nextInt(Math.min(64, damaged.length))] = (byte) random.nextInt();
                }
                Files.write(folder.resolve("damaged" + i + "." + kind), damaged);
            }
        }

        assertThat(read(folder, 3, 4).count()).isBetween(5, 105);
    }

    @Test
    void readsNamesInAnyScript() throws IOException {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        String script = "Grüße 猫の写真 кошка قطة \uD83D\uDC08";
        assumeThat(Charset.forName(encoding).newEncoder().canEncode(script))
                .as(encoding)
                .isTrue();
        Path home = Files.createDirectory(folder.resolve(script));
        ImageIO.write(
                rgb(4, 4, (x, y) -> GREEN), "png", home.resolve(script + ".png").toFile());

        Dataset pictures = read(home, 3, 4);

        assertThat(pictures.count()).isEqualTo(1);
        assertThat(pictures.name()).isEqualTo(script);
    }

    @Test
    void aFolderThatIsNotThereIsAMistake() {
        Path absent = folder.resolve("absent");

        Complaint.of(() -> read(absent, 3, 64))
                .startsWith("data.path: there is no '" + absent + "'; give a folder of pictures, an archive");
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        save(rgb(4, 4, (x, y) -> GREEN), "a.png");

        Complaint.of(() -> read(folder.resolve("a.png"), 3, 64))
                .endsWith("a.png' is one picture; give the folder that holds many.");
    }

    @Test
    void aFolderWithoutPicturesIsAMistake() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "no picture");

        Complaint.of(() -> read(folder, 3, 64))
                .startsWith("data.path: no picture below '" + folder + "'")
                .contains(".png");
    }

    @Test
    void theHintCanBePastedWhateverTheFolderIsCalled() throws IOException {
        Path odd = Files.createDirectory(folder.resolve("my photos"));
        Files.writeString(odd.resolve("a.png"), "no picture");

        Complaint.of(() -> read(odd, 3, 64)).endsWith("(gander data check '" + odd + "' lists all).");
    }

    @Test
    void aFolderOfBrokenPicturesIsAMistakeEvenIfAnyNumberMayBeBroken() throws IOException {
        Files.writeString(folder.resolve("a.png"), "no picture");
        Files.writeString(folder.resolve("b.png"), "nor this");

        Complaint.of(() -> read(folder, 3, 64))
                .startsWith("2 of 2 examples in '" + folder + "' cannot be used (100.0 %; data.max-broken is 99 %): ")
                .contains("a.png is not a picture")
                .endsWith("lists all).");
    }

    @Test
    void tooManyBrokenPicturesStopTheTrainingWithTheList() throws IOException {
        for (int i = 0; i < 12; i++) {
            save(rgb(4, 4, (x, y) -> GREEN), i + ".png");
        }
        Files.writeString(folder.resolve("broken.png"), "no picture");
        List<String> warnings = new ArrayList<>();
        DataListener listener = new DataListener() {
            @Override
            public void onWarning(String sentence) {
                warnings.add(sentence);
            }
        };
        Recipe recipe =
                Gander.recipe("dcgan-64").with("data", "{path: " + Tiny.quoted(folder.toString()) + ", size: 4}");

        Complaint.of(() -> Datasets.open(recipe.data(), listener, () -> false))
                .contains("1 of 13 examples")
                .contains("(7.7 %; data.max-broken is 5 %): broken.png is not a picture")
                .contains("gander data check")
                .endsWith("or set data.max-broken.");
        Dataset kept = Datasets.open(recipe.with("data.max-broken", 8).data(), listener, () -> false);
        assertThat(kept.count()).isEqualTo(12);
        assertThat(warnings)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("1 of 13 examples in ")
                .contains("is left out");
    }

    @Test
    void pairsAndUnpairedSetsAreOpenedAsTheRecipeSays() throws IOException {
        save(rgb(8, 4, (x, y) -> x < 4 ? RED : BLUE), "a.png");
        Recipe recipe = Gander.recipe("dcgan-64")
                .with("data", "{path: " + Tiny.quoted(folder.toString()) + ", size: 4, pairs: side-by-side}");

        Dataset pairs = Datasets.open(recipe.data(), DataListener.SILENT, () -> false);
        assertThat(pairs.codec().members()).isEqualTo(2);
        int[] both = first(pairs);
        assertThat(both).hasSize(96);
        assertThat(Arrays.copyOf(both, 48)).containsExactly(planes(fill(16, RED)));
        assertThat(Arrays.copyOfRange(both, 48, 96)).containsExactly(planes(fill(16, BLUE)));

        Path other = Files.createDirectory(folder.resolve("other"));
        ImageIO.write(rgb(4, 4, (x, y) -> GREEN), "png", other.resolve("g.png").toFile());
        Recipe unpaired = recipe.with("data.pairs", "unpaired").with("data.second", Tiny.quoted(other.toString()));
        List<Dataset> two = Datasets.openUnpaired(unpaired.data(), DataListener.SILENT, () -> false);
        assertThat(two).extracting(Dataset::count).containsExactly(2, 1);
        Complaint.of(() -> Datasets.open(unpaired.data(), DataListener.SILENT, () -> false))
                .startsWith("data.pairs: unpaired pictures are two sets");
    }

    /** As its makers pack it; no SHA-256 of this set is published, so any archive of that name will do. */
    @Test
    void theTrainingPairsOfANamedSetAreReadFromItsArchive() throws IOException {
        Path set = Files.createDirectories(folder.resolve("sets/facades"));
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(
                new GZIPOutputStream(Files.newOutputStream(set.resolve("facades.tar.gz"))))) {
            for (String name : List.of("facades/test/1.png", "facades/train/1.png", "facades/train/2.png")) {
                ByteArrayOutputStream png = new ByteArrayOutputStream();
                ImageIO.write(rgb(32, 16, (x, y) -> x < 16 ? RED : BLUE), "png", png);
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(png.size());
                tar.putArchiveEntry(entry);
                png.writeTo(tar);
                tar.closeArchiveEntry();
            }
        }
        String before = System.setProperty("gander.cache", folder.toString());
        try {
            Recipe recipe = Gander.recipe("dcgan-64").with("data", "{name: facades, size: 16}");

            Dataset pairs = Datasets.open(recipe.data(), DataListener.SILENT, () -> false);

            assertThat(pairs.name()).isEqualTo("facades");
            assertThat(pairs.count()).isEqualTo(2);
            assertThat(Arrays.copyOf(first(pairs), 3 * 256)).containsExactly(planes(fill(256, RED)));
        } finally {
            if (before == null) {
                System.clearProperty("gander.cache");
            } else {
                System.setProperty("gander.cache", before);
            }
        }
    }

    @Test
    void whatTheMakersOfANamedSetKeepForTestsIsHeldOut() throws IOException {
        Path pairs = Files.createDirectories(folder.resolve("sets/facades")).resolve("facades.tar.gz");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(pairs)))) {
            for (String name : List.of("facades/train/1.png", "facades/train/2.png", "facades/val/1.png")) {
                byte[] png = png(rgb(32, 16, (x, y) -> x < 16 == name.contains("val") ? RED : BLUE));
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(png.length);
                tar.putArchiveEntry(entry);
                tar.write(png);
                tar.closeArchiveEntry();
            }
        }
        String before = System.setProperty("gander.cache", folder.toString());
        try {
            List<Dataset> val = heldOut("{name: facades, size: 16}");
            assertThat(val).extracting(Dataset::count).containsExactly(1);
            assertThat(Arrays.copyOf(first(val.get(0)), 3 * 256)).containsExactly(planes(fill(256, RED)));
            assertThat(heldOut("{name: facades, size: 16, held-out: 50}").get(0).count())
                    .isEqualTo(1);
        } finally {
            if (before == null) {
                System.clearProperty("gander.cache");
            } else {
                System.setProperty("gander.cache", before);
            }
        }
        save(rgb(4, 4, (x, y) -> GREEN), "a.png");
        assertThat(heldOut("{path: "
                        + Tiny.quoted(String.valueOf(folder.resolve("a.png").getParent())) + ", size: 4}"))
                .extracting(Dataset::count)
                .containsExactly(0);
    }

    private static List<Dataset> heldOut(String data) {
        Recipe recipe = Gander.recipe("dcgan-64").with("data", data);
        return Datasets.heldOut(recipe.data(), DataListener.SILENT, () -> false);
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    @Test
    void theRecipeMustSayWhereThePicturesAre() {
        Complaint.of(() -> Datasets.open(Gander.recipe("dcgan-64").data(), DataListener.SILENT, () -> false))
                .startsWith("data.path is not set")
                .contains("--set data.path=");
    }

    /** With the plain average, whose results can be told by heart. */
    private static Dataset read(Path folder, int channels, int side) {
        return read(folder, channels, side, "box");
    }

    private static Dataset read(Path folder, int channels, int side, String resize) {
        Recipe recipe = Gander.recipe("dcgan-64")
                .with("data.path", Tiny.quoted(folder.toString()))
                .with("data.channels", channels)
                .with("data.size", side)
                .with("data.resize", resize)
                .with("data.max-broken", 99);
        return Datasets.open(recipe.data(), DataListener.SILENT, () -> false);
    }

    private void save(BufferedImage image, String name) throws IOException {
        String kind = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        assertThat(ImageIO.write(image, kind, folder.resolve(name).toFile()))
                .as(name)
                .isTrue();
    }

    private static BufferedImage rgb(int width, int height, IntBinaryOperator colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colour.applyAsInt(x, y));
            }
        }
        return image;
    }

    private static void assertPlain(int[] pixels, int value, int tolerance) {
        assertThat(Arrays.stream(pixels).min().orElseThrow()).as("darkest").isCloseTo(value, within(tolerance));
        assertThat(Arrays.stream(pixels).max().orElseThrow()).as("brightest").isCloseTo(value, within(tolerance));
    }

    private static int grey(int value) {
        return value << 16 | value << 8 | value;
    }

    private static int[] fill(int count, int value) {
        int[] values = new int[count];
        Arrays.fill(values, value);
        return values;
    }

    private static int[] first(Dataset pictures) {
        return read(pictures, 0);
    }

    /** A picture's bytes as unsigned numbers. */
    private static int[] read(Dataset pictures, int index) {
        byte[] bytes = new byte[pictures.codec().bytes()];
        pictures.read(index, bytes, 0);
        return IntStream.range(0, bytes.length).map(i -> bytes[i] & 255).toArray();
    }

    /** 0xRRGGBB numbers as planes of red, green and blue. */
    private static int[] planes(int[] colours) {
        int n = colours.length;
        return IntStream.range(0, 3 * n)
                .map(i -> colours[i % n] >> (16 - 8 * (i / n)) & 255)
                .toArray();
    }
}
