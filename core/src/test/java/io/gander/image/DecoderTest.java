package io.gander.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gander.error.BrokenExample;
import io.gander.error.BrokenExample.Kind;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DecoderTest {
    static List<String> pictures() {
        return Fixtures.pictures();
    }

    @ParameterizedTest
    @MethodSource("io.gander.image.Fixtures#pictures")
    void alphaIsPillows(String name) throws BrokenExample {
        Bitmap alpha = Decoder.alpha(Fixtures.picture(name));
        if (Fixtures.transparent(name)) {
            Objects.requireNonNull(alpha);
            assertThat(alpha.channels()).isEqualTo(1);
            assertThat(alpha.width()).isEqualTo(Fixtures.wanted(name).width());
            assertThat(alpha.pixels()).isEqualTo(Fixtures.bytes("alpha/" + name + ".raw"));
        } else {
            assertThat(alpha).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void decodesAsPillowDoes(String name) throws BrokenExample {
        Bitmap wanted = Fixtures.wanted(name);

        Bitmap decoded = Decoder.decode(Fixtures.picture(name), 0);

        assertThat(decoded.width()).as("width").isEqualTo(wanted.width());
        assertThat(decoded.height()).as("height").isEqualTo(wanted.height());
        assertThat(decoded.channels()).as("channels").isEqualTo(wanted.channels());
        assertThat(difference(decoded, wanted)).isLessThanOrEqualTo(tolerance(name));
    }

    /** 0…255: how far two libraries may round apart. */
    private static int tolerance(String name) {
        boolean lossy = name.endsWith(".jpg") || name.contains("old-jpeg") || name.startsWith("webp-lossy");
        return lossy ? 2 : name.contains("16") || name.equals("bmp-fields.bmp") ? 1 : 0;
    }

    private static int difference(Bitmap one, Bitmap other) {
        int largest = 0;
        for (int i = 0; i < other.pixels().length; i++) {
            largest = Math.max(largest, Math.abs((one.pixels()[i] & 255) - (other.pixels()[i] & 255)));
        }
        return largest;
    }

    @ParameterizedTest
    @CsvSource({"0, 400, 300", "76, 400, 300", "75, 200, 150", "38, 200, 150", "37, 100, 75", "18, 50, 38", "1, 50, 38"
    })
    void aJpegIsReducedToNoLessThanTwiceWhatIsNeeded(int least, int width, int height)
            throws BrokenExample, IOException {
        Bitmap decoded = Decoder.decode(save(ramp(400, 300), "jpg"), least);

        assertThat(decoded.width()).isEqualTo(width);
        assertThat(decoded.height()).isEqualTo(height);
        assertThat(decoded.pixels()[0] & 255).isLessThan(20);
        assertThat(decoded.pixels()[decoded.pixels().length - 1] & 255).isGreaterThan(235);
    }

    @Test
    void otherFormatsKeepTheirSize() throws BrokenExample, IOException {
        assertThat(Decoder.decode(save(ramp(400, 300), "png"), 8).width()).isEqualTo(400);
    }

    @Test
    void greyIsNotBrightened() throws BrokenExample, IOException {
        BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSamples(0, 0, 16, 16, 0, fill(256, 100));
        for (String kind : List.of("png", "gif", "bmp", "tif")) {
            Bitmap decoded = Decoder.decode(save(grey, kind), 0);
            assertThat(decoded.channels()).as(kind).isEqualTo(1);
            assertThat(decoded.pixels()).as(kind).containsOnly(100);
        }
    }

    /** Whatever is decoded although a part of the file is missing must be the whole picture. */
    @ParameterizedTest
    @MethodSource("pictures")
    void aPictureThatIsCutOffIsNoticed(String name) throws BrokenExample {
        byte[] file = Fixtures.picture(name);
        Bitmap whole = Decoder.decode(file, 0);
        int step = Math.max(1, file.length / 150);
        for (int length = 0; length < file.length; length += length < 64 ? 1 : step) {
            try {
                Bitmap decoded = Decoder.decode(Arrays.copyOf(file, length), 0);
                assertThat(decoded.pixels())
                        .as("%d of %d bytes", length, file.length)
                        .isEqualTo(whole.pixels());
            } catch (BrokenExample e) {
                assertThat(e.kind()).isIn(Kind.TRUNCATED, Kind.DAMAGED, Kind.UNKNOWN_FORMAT);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jpeg-baseline.jpg", "jpeg-progressive.jpg", "jpeg-cmyk.jpg", "jpeg-grey.jpg", "png-rgb.png", "png-palette.png",
        "gif-plain.gif", "bmp-rgb.bmp", "bmp-palette.bmp", "tiff-rgb.tif", "tiff-lzw.tif", "webp-lossy.webp",
        "webp-lossless.webp", "webp-alpha.webp"
    })
    void whatIsCutOffIsCalledSo(String name) {
        byte[] file = Fixtures.picture(name);
        for (int percent : new int[] {40, 60, 75, 95}) {
            assertBroken(Arrays.copyOf(file, file.length * percent / 100), Kind.TRUNCATED)
                    .as("%d %%", percent)
                    .hasMessage("is cut off");
        }
    }

    /** The native libraries must survive anything. */
    @ParameterizedTest
    @MethodSource("pictures")
    void aDamagedFileIsDecodedOrRefused(String name) {
        byte[] file = Fixtures.picture(name);
        Random random = new Random(name.hashCode());
        for (int i = 0; i < 100; i++) {
            byte[] damaged = Mutation.of(file, random);
            try {
                Decoder.decode(damaged, random.nextInt(3));
            } catch (BrokenExample e) {
                assertThat(e).message().startsWithIgnoringCase(e.kind() == Kind.TOO_LARGE ? "has " : "");
            }
        }
    }

    @Test
    void aPartMissingInTheMiddleOfAJpegIsNoticed() throws IOException {
        byte[] file = save(noise(64, 64), "jpg");
        byte[] gap = without(file, file.length / 2, file.length - 2);

        assertBroken(gap, Kind.TRUNCATED).hasMessage("lacks a part");
    }

    @Test
    void bytesBetweenTheScansOfAJpegDoNoHarm() throws BrokenExample {
        byte[] file = Fixtures.picture("jpeg-progressive.jpg");
        int scan = 0;
        for (int i = 0; i < file.length - 1; i++) {
            scan = file[i] == -1 && file[i + 1] == (byte) 0xC4 ? i : scan; // the last scan's table
        }
        ByteBuffer more = ByteBuffer.allocate(file.length + 3)
                .put(file, 0, scan)
                .put(new byte[] {1, 2, 3})
                .put(file, scan, file.length - scan);

        assertThat(Decoder.decode(more.array(), 0).pixels())
                .isEqualTo(Decoder.decode(file, 0).pixels());
    }

    @Test
    void brokenMetadataDoesNotBreakThePicture() throws BrokenExample {
        byte[] file = Fixtures.picture("jpeg-turned6.jpg");
        int tiff = new String(file, StandardCharsets.ISO_8859_1).indexOf("Exif") + 6;
        Arrays.fill(file, tiff, tiff + 20, (byte) 0x7F);

        assertThat(Decoder.decode(file, 0).width()).isEqualTo(23);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            | is empty
            this is not a picture | is not a picture (JPEG, PNG, GIF, BMP, TIFF and WebP are read)
            <!DOCTYPE html><title>404</title> | is a web page, no picture (JPEG, PNG, GIF, BMP, TIFF and WebP are read)
            <svg xmlns='http://www.w3.org/2000/svg'/> | is SVG, which is not read; convert it to PNG
            %PDF-1.7 | is PDF, which is not read; convert it to PNG
            ....ftypheic.... | is HEIC, which is not read; convert it to JPEG
            ....ftypavif.... | is AVIF, which is not read; convert it to JPEG
            ....ftypisom.... | is not a picture (JPEG, PNG, GIF, BMP, TIFF and WebP are read)
            """)
    void whatIsNoPictureIsToldByItsName(String content, String message) {
        byte[] file = content == null ? new byte[0] : content.getBytes(StandardCharsets.UTF_8);

        assertBroken(file, Kind.UNKNOWN_FORMAT).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            animated.webp | is an animated WebP, which is not read; save one of its frames as PNG
            signed.tif | is a TIFF of signed numbers, which is not read; convert it to 8 or 16 bits
            float.tif | is a TIFF of floating-point numbers, which is not read; convert it to 8 or 16 bits
            planes4.tif | is a TIFF in planes of 4 bits, which is not read; convert it to 8 or 16 bits
            double.tif | is a TIFF of 64 bits, which is not read; convert it to 8 or 16 bits
            lzma.tif | is a TIFF with the rare compression 34925, which is not read; save it with LZW or none
            """)
    void whatIsNotReadIsToldByItsKindAndCure(String name, String message) {
        assertBroken(Fixtures.bytes("refused/" + name), Kind.DAMAGED).hasMessage(message);
    }

    @Test
    void aBmpOfRareKindIsNotCalledDamaged() {
        byte[] bits = Fixtures.picture("bmp-rgb.bmp");
        bits[28] = 2;
        assertBroken(bits, Kind.DAMAGED).hasMessage("is a BMP of 2 bits, which is not read; convert it to PNG");
        byte[] kind = Fixtures.picture("bmp-rgb.bmp");
        kind[30] = 4; // a JPEG in it
        assertBroken(kind, Kind.DAMAGED).hasMessage("is a BMP of a rare kind, which is not read; convert it to PNG");
    }

    @ParameterizedTest
    @CsvSource({"195, a lossless JPEG of a rare kind", "197, a hierarchical JPEG", "192, a JPEG of 12 bits"})
    void aJpegOfRareKindIsNotCalledDamaged(int frame, String what) {
        byte[] file = Fixtures.picture("jpeg-444.jpg");
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("\u00FF\u00C0\0\21");
        file[at + 1] = (byte) frame;
        file[at + 4] = (byte) (frame == 192 ? 12 : 8);
        assertBroken(file, Kind.DAMAGED).hasMessage("is " + what + ", which is not read; convert it to PNG");
    }

    @Test
    void aGifWhoseCodesEndEarlyLacksAPart() {
        byte[] file = Fixtures.picture("gif-wide-codes.gif");
        int firstBlock = 13 + 3 * 256 + 10 + 1;
        file[firstBlock + 256] = 0; // the second one has no bytes, which ends the codes
        assertBroken(file, Kind.TRUNCATED).hasMessage("lacks a part");
    }

    @ParameterizedTest
    @CsvSource({"0", "12", "200"})
    void aGifWithACodeSizeThatCannotBeIsDamaged(int size) {
        byte[] file = Fixtures.picture("gif-wide-codes.gif");
        file[13 + 3 * 256 + 10] = (byte) size;
        assertBroken(file, Kind.DAMAGED).hasMessage("is damaged");
    }

    @Test
    void moreThanAHundredMillionPixelsAreNotEvenBegun() {
        assertBroken(png(60_000, 60_000), Kind.TOO_LARGE)
                .hasMessage("has 60000×60000 pixels; at most 100 million are read");
        assertBroken(png(Integer.MAX_VALUE, 1), Kind.TOO_LARGE);
        assertBroken(png(0, 5), Kind.DAMAGED);
        assertBroken(png(-1, 5), Kind.DAMAGED);
    }

    @Test
    void aGifOfManyPixelsIsNotEvenBegun() {
        byte[] screen = Fixtures.picture("gif-plain.gif");
        Arrays.fill(screen, 6, 10, (byte) -1); // the logical screen
        assertBroken(screen, Kind.TOO_LARGE).hasMessageStartingWith("has 65535×65535 pixels");

        byte[] frame = Fixtures.picture("gif-plain.gif");
        int descriptor = new String(frame, StandardCharsets.ISO_8859_1).indexOf(",\0\0\0\0\27\0\21\0");
        Arrays.fill(frame, descriptor + 5, descriptor + 9, (byte) -1);
        assertBroken(frame, Kind.TOO_LARGE);
    }

    @Test
    void aGifOfManyFramesCostsNoMoreThanItsFirst() throws BrokenExample {
        byte[] one = Fixtures.picture("gif-plain.gif");
        String text = new String(one, StandardCharsets.ISO_8859_1);
        int frame = text.indexOf(",\0\0\0\0\27\0\21\0");
        int size = one.length - 1 - frame;
        ByteBuffer many = ByteBuffer.allocate(one.length + 50_000 * size).put(one, 0, one.length - 1);
        for (int i = 0; i < 50_000; i++) {
            many.put(one, frame, size);
        }
        many.put((byte) ';');

        assertThat(Decoder.decode(many.array(), 0).pixels())
                .isEqualTo(Decoder.decode(one, 0).pixels());
    }

    @Test
    void aFileOfMoreThan256MegabytesIsNotRead() {
        assertBroken(new byte[(257 << 20)], Kind.TOO_LARGE).hasMessage("has 257 MB; at most 256 MB are read");
    }

    @Test
    void eightThreadsDecodeTheSamePixels() throws InterruptedException, ExecutionException {
        List<String> names = pictures();
        Callable<Boolean> all = () -> {
            for (int round = 0; round < 5; round++) {
                for (String name : names) {
                    Bitmap decoded = Decoder.decode(Fixtures.picture(name), 0);
                    assertThat(difference(decoded, Fixtures.wanted(name)))
                            .as(name)
                            .isLessThanOrEqualTo(tolerance(name));
                }
            }
            return true;
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(8, all))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    /** In a JVM of its own, whose heap cannot grow: here a neighbour's test may have set it growing. */
    @Test
    void memoryIsGivenBack() throws IOException, InterruptedException {
        Process rounds = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms64m",
                        "-Xmx64m",
                        "-XX:+AlwaysPreTouch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Rounds.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(rounds.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertThat(rounds.waitFor()).as(said).isZero();
        String bytes = said.lines().reduce("", (before, line) -> line);
        assertThat(Long.parseLong(bytes)).as("bytes more").isLessThan(100 << 20);
    }

    /** Decodes whole and cut off files, and prints by how many bytes the process grew meanwhile. */
    static final class Rounds {
        public static void main(String[] arguments) throws IOException {
            List<byte[]> files = List.of(
                    save(noise(400, 400), "jpg"),
                    save(noise(400, 400), "png"),
                    save(noise(400, 400), "tif"),
                    Fixtures.picture("webp-alpha.webp"));
            decodeOftenWholeAndCutOff(files, 50);
            long before = Pointer.physicalBytes();
            decodeOftenWholeAndCutOff(files, 200); // 600 MB of native pixels at least
            System.out.println(Pointer.physicalBytes() - before);
        }
    }

    private static void decodeOftenWholeAndCutOff(List<byte[]> files, int times) {
        for (int i = 0; i < times; i++) {
            for (byte[] file : files) {
                for (int length : new int[] {file.length, file.length * 3 / 4}) {
                    try {
                        Decoder.decode(Arrays.copyOf(file, length), 0);
                    } catch (BrokenExample e) {
                        assertThat(length).isLessThan(file.length);
                    }
                }
            }
        }
    }

    private static AbstractThrowableAssert<?, BrokenExample> assertBroken(byte[] file, Kind kind) {
        BrokenExample broken = catchThrowableOfType(BrokenExample.class, () -> Decoder.decode(file, 0));
        assertThat(broken).isNotNull();
        assertThat(broken.kind()).isEqualTo(kind);
        return assertThat(broken);
    }

    /** A PNG that promises pixels and has none. */
    private static byte[] png(int width, int height) {
        byte[] header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        CRC32 checksum = new CRC32();
        checksum.update(header);
        return ByteBuffer.allocate(8 + 25 + 12)
                .putLong(0x89504E470D0A1A0AL)
                .putInt(13)
                .put(header)
                .putInt((int) checksum.getValue())
                .putInt(0)
                .putInt(0x49454E44)
                .putInt(0xAE426082)
                .array();
    }

    private static byte[] without(byte[] file, int from, int to) {
        byte[] rest = Arrays.copyOf(file, file.length - (to - from));
        System.arraycopy(file, to, rest, from, file.length - to);
        return rest;
    }

    private static BufferedImage ramp(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 255 * (x + y) / (width + height - 2) * 0x010101);
            }
        }
        return image;
    }

    private static BufferedImage noise(int width, int height) {
        Random random = new Random(4);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, random.nextInt(1 << 24));
        }
        return image;
    }

    private static byte[] save(BufferedImage image, String kind) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, kind, file)).as(kind).isTrue();
        return file.toByteArray();
    }

    private static int[] fill(int count, int value) {
        int[] values = new int[count];
        Arrays.fill(values, value);
        return values;
    }
}
