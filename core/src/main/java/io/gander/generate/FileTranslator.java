package io.gander.generate;

import io.gander.error.BrokenExample;
import io.gander.error.UserError;
import io.gander.file.WholeFile;
import io.gander.game.GameOptions;
import io.gander.generate.ImageTranslator.Progress;
import io.gander.generate.ImageTranslator.Size;
import io.gander.image.Bitmap;
import io.gander.image.BitmapSink;
import io.gander.image.ColourProfile;
import io.gander.image.Decoder;
import io.gander.image.JpegEncoder;
import io.gander.image.PictureFiles;
import io.gander.image.PngWriter;
import io.gander.image.Resize;
import io.gander.image.RowSink;
import io.gander.image.ThumbnailSink;
import io.gander.run.Provenance;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Translates picture files into picture files: PNG, row by row and with the input's transparency, or JPEG. Both keep the
 * input's colour profile. A file appears whole or not at all: it is written beside its place and renamed.
 */
public final class FileTranslator {
    /** Pixels of the largest JPEG, which must lie in memory as a whole. */
    private static final long LARGEST_JPEG = 100_000_000;

    private final ImageTranslator translator;
    private final int quality;
    private final Consumer<String> notes;
    private boolean noted;

    /**
     * @param quality of JPEGs, from 1 to 100
     * @param notes gets a sentence on what a JPEG cannot hold, once
     */
    public FileTranslator(ImageTranslator translator, int quality, Consumer<String> notes) {
        this.translator = translator;
        this.quality = quality;
        this.notes = notes;
    }

    /** Whether a file's ending is one that can be written. */
    public static boolean writes(Path file) {
        return isPng(file) || isJpeg(file);
    }

    private static boolean isPng(Path file) {
        return ending(file).equals("png");
    }

    private static boolean isJpeg(Path file) {
        return ending(file).equals("jpg") || ending(file).equals("jpeg");
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /**
     * Translates a file. Missing folders are made; a file that is there is replaced.
     *
     * @param output ends with .png, .jpg or .jpeg
     * @param sheet gets input and output too, unless it is full; or null
     * @return the size of what was written
     * @throws BrokenExample if the input cannot be used
     * @throws UserError if a JPEG cannot hold the result
     * @throws IOException if the output cannot be written
     */
    public Size translate(Path input, Path output, Progress progress, @Nullable BeforeAfter sheet)
            throws BrokenExample, IOException {
        byte[] file = PictureFiles.read(input);
        Bitmap picture = Decoder.decode(file, 0);
        int channels = translator.channels();
        Size size = translator.size(picture.width(), picture.height());
        if (size.width() == 0 || size.height() == 0) {
            throw new BrokenExample(
                    BrokenExample.Kind.TOO_SMALL,
                    "has " + picture.width() + "×" + picture.height() + " pixels, too few to be made smaller first");
        }
        ThumbnailSink thumbnail = sheet == null || sheet.full()
                ? null
                : new ThumbnailSink(
                        channels, size.height(), size.width(), BeforeAfter.MOST_HEIGHT, BeforeAfter.MOST_WIDTH);
        byte[] profile = ColourProfile.of(file, channels);
        Bitmap alpha = Decoder.alpha(file);
        Work work = sink -> translator.translate(picture, both(sink, thumbnail), progress);
        if (isJpeg(output)) {
            if (alpha != null && !noted) {
                noted = true;
                notes.accept(input + " has transparent parts, which JPEG cannot hold: they lie on black;"
                        + " .png files keep them.");
            }
            byte[] made = JpegEncoder.encode(collect(size, work, output), quality, profile);
            WholeFile.makeParents(output);
            WholeFile.write(output, made);
        } else {
            Bitmap opacity = alpha == null ? null : Resize.LANCZOS.apply(alpha, size.width(), size.height());
            WholeFile.makeParents(output);
            WholeFile.write(output, beside -> writePng(beside, size, profile, opacity, work));
        }
        if (sheet != null && thumbnail != null) {
            sheet.add(shown(picture), thumbnail.bitmap());
        }
        return size;
    }

    private interface Work {
        void to(RowSink sink) throws IOException;
    }

    private static RowSink both(RowSink sink, @Nullable ThumbnailSink thumbnail) {
        return thumbnail == null
                ? sink
                : row -> {
                    sink.row(row);
                    thumbnail.row(row);
                };
    }

    /** The input as a sheet shows it: what the network was given, where that is not the picture itself. */
    private Bitmap shown(Bitmap picture) {
        boolean changed = translator.options().degrade()
                || GameOptions.of(translator.recipe()).degrade().grey();
        return changed ? translator.prepared(picture) : picture.withChannels(translator.channels());
    }

    private Bitmap collect(Size size, Work work, Path output) throws IOException {
        if ((long) size.width() * size.height() > LARGEST_JPEG) {
            throw new UserError(output + " would have " + size.width() + "×" + size.height()
                    + " pixels, too many for a JPEG here; end --out with .png.");
        }
        BitmapSink sink = new BitmapSink(translator.channels(), size.height(), size.width());
        work.to(sink);
        return sink.bitmap();
    }

    private void writePng(Path file, Size size, byte @Nullable [] profile, @Nullable Bitmap alpha, Work work)
            throws IOException {
        int channels = translator.channels();
        int all = channels + (alpha == null ? 0 : 1);
        try (PngWriter png = new PngWriter(
                new BufferedOutputStream(Files.newOutputStream(file)),
                all,
                size.height(),
                size.width(),
                text(),
                profile)) {
            work.to(alpha == null ? png : withAlpha(png, alpha, channels));
            png.finish();
        }
    }

    /**
     * Colours and alpha together. The network saw the picture over black, so its colours are divided by their alpha: over
     * black, the file looks as the network made it.
     */
    private static RowSink withAlpha(RowSink sink, Bitmap alpha, int channels) {
        byte[] together = new byte[alpha.width() * (channels + 1)];
        int[] place = new int[1];
        return row -> {
            for (int x = 0; x < alpha.width(); x++) {
                int opacity = alpha.pixels()[place[0]++] & 255;
                for (int channel = 0; channel < channels; channel++) {
                    int value = row[x * channels + channel] & 255;
                    int colour = opacity == 0 ? 0 : Math.min(255, (value * 255 + opacity / 2) / opacity);
                    together[x * (channels + 1) + channel] = (byte) colour;
                }
                together[x * (channels + 1) + channels] = (byte) opacity;
            }
            sink.row(together);
        };
    }

    /** Keywords are the PNG specification's own, section 11.3.3. */
    private Map<String, String> text() {
        ImageTranslator.Options options = translator.options();
        Map<String, String> text = new LinkedHashMap<>();
        text.put("Software", "Gander " + Provenance.version());
        text.put(
                "Disclaimer",
                "Made from another picture by a generative adversarial network: details may be invented.");
        text.put(
                "Source",
                "recipe " + translator.recipe().name() + ", step " + translator.step() + ", "
                        + (options.weights().average() ? "average" : "newest") + " weights"
                        + (options.back() ? ", back" : "")
                        + ", seed " + options.seed());
        return text;
    }
}
