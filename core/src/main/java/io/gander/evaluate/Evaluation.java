package io.gander.evaluate;

import io.gander.generate.ImageTranslator;
import io.gander.image.Bicubic;
import io.gander.image.Bitmap;
import io.gander.image.Sheet;
import io.gander.metric.PairMeasures;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * PairMeasures a generator from pictures to pictures against what should have come out, and beside it what costs nothing: the input
 * itself (enlarged bicubically where it is smaller), and one colour everywhere, the mean of all that should have come out.
 */
public final class Evaluation {
    /** Rows of the sheet, at least, if so many pictures are tried; at most twice as many. */
    private static final int SHOWN = 8;

    /** Of a larger picture the sheet shows the middle, pixels. */
    private static final int SIDE = 384;

    private final ImageTranslator translator;
    private final PairMeasures measures;
    private final Map<String, List<Map<String, Double>>> rows = new LinkedHashMap<>();
    private final List<List<Bitmap>> sheet = new ArrayList<>();
    /** Of so many pictures, one is shown. */
    private int stride = 1;

    private int count;
    /** Of all that should have come out: the sum of each channel, and how many pixels. */
    private double[] sums = new double[0];

    private long pixels;

    /**
     * @param translator lent
     */
    public Evaluation(ImageTranslator translator, PairMeasures measures) {
        this.translator = translator;
        this.measures = measures;
        List.of("output", "input", "mean colour").forEach(row -> rows.put(row, new ArrayList<>()));
    }

    /** Tries one picture; its truth has as many channels as the others. */
    public void add(Trial trial) {
        Bitmap output = translator.translate(trial.input());
        Bitmap input = enlarged(trial.input(), trial.truth());
        add("output", output, trial.truth());
        add("input", input, trial.truth());
        addColour(trial.truth());
        if (count % stride == 0) {
            show(List.of(middle(input), middle(output), middle(trial.truth())));
        }
        count++;
    }

    private void addColour(Bitmap truth) {
        if (count == 0) {
            sums = new double[truth.channels()];
        }
        for (int i = 0; i < truth.pixels().length; i++) {
            sums[i % sums.length] += truth.pixels()[i] & 255;
        }
        pixels += truth.pixels().length / sums.length;
    }

    /**
     * Compares what should have come out with the mean colour. That is known when all are {@linkplain #add added}, so they come a
     * second time: memory need not hold them.
     */
    public void addMeanColour(Bitmap truth) {
        double[] colour = Arrays.stream(sums).map(sum -> sum / pixels).toArray();
        add("mean colour", plain(colour, truth), truth);
    }

    /** Rows from all parts, however many are still to come: neighbours are often alike. */
    private void show(List<Bitmap> row) {
        sheet.add(row);
        if (sheet.size() == 2 * SHOWN) {
            List<List<Bitmap>> all = List.copyOf(sheet);
            sheet.clear();
            for (int i = 0; i < all.size(); i += 2) {
                sheet.add(all.get(i));
            }
            stride *= 2;
        }
    }

    private void add(String row, Bitmap picture, Bitmap truth) {
        rows.computeIfAbsent(row, name -> new ArrayList<>()).add(measures.of(picture, truth));
    }

    private static Bitmap enlarged(Bitmap picture, Bitmap like) {
        return picture.width() == like.width() ? picture : Bicubic.resize(picture, like.width(), like.height());
    }

    private static Bitmap middle(Bitmap picture) {
        int width = Math.min(SIDE, picture.width());
        int height = Math.min(SIDE, picture.height());
        return picture.crop((picture.width() - width) / 2, (picture.height() - height) / 2, width, height);
    }

    /** How many pictures were tried. */
    public int count() {
        return count;
    }

    /** The means by row (output, input, mean colour) and measure. */
    public Map<String, Map<String, Double>> result() {
        Map<String, Map<String, Double>> result = new LinkedHashMap<>();
        rows.forEach((row, pairs) -> result.put(row, PairMeasures.mean(pairs)));
        return result;
    }

    private static Bitmap plain(double[] colour, Bitmap like) {
        byte[] pixels = new byte[like.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.round(colour[i % colour.length]);
        }
        return new Bitmap(pixels, like.channels(), like.height(), like.width());
    }

    /** Pictures from all parts, each a row: input, output, truth; all brought to the size of the first. */
    public BufferedImage sheet() {
        Bitmap first = sheet.get(0).get(0);
        List<BufferedImage> shown = sheet.stream()
                .flatMap(List::stream)
                .map(picture ->
                        Bicubic.resize(picture, first.width(), first.height()).toImage())
                .toList();
        return Sheet.of(shown, 3);
    }
}
