package io.gander.evaluate;

import io.gander.data.Pictures;
import io.gander.generate.ImageTranslator;
import io.gander.image.Bicubic;
import io.gander.image.Bitmap;
import io.gander.metric.Measures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures a generator from pictures to pictures against what should have come out, and beside it what costs nothing: the input
 * itself (enlarged bicubically where it is smaller), and one colour everywhere, the mean of all that should have come out.
 */
public final class Evaluation {
    /** Rows of the sheet, at least, if so many pictures are tried; at most twice as many. */
    private static final int SHOWN = 8;

    /** Of a larger picture the sheet shows the middle, pixels. */
    private static final int SIDE = 384;

    private final ImageTranslator translator;
    private final Measures measures;
    private final Map<String, List<Map<String, Double>>> rows = new LinkedHashMap<>();
    private final List<Bitmap> truths = new ArrayList<>();
    private final List<List<Bitmap>> sheet = new ArrayList<>();
    /** Of so many pictures, one is shown. */
    private int stride = 1;

    /**
     * @param translator lent
     */
    public Evaluation(ImageTranslator translator, Measures measures) {
        this.translator = translator;
        this.measures = measures;
        List.of("output", "input", "mean colour").forEach(row -> rows.put(row, new ArrayList<>()));
    }

    /** Tries one picture. */
    public void add(Trial trial) {
        Bitmap output = translator.translate(trial.input());
        Bitmap input = enlarged(trial.input(), trial.truth());
        add("output", output, trial.truth());
        add("input", input, trial.truth());
        truths.add(trial.truth());
        if ((truths.size() - 1) % stride == 0) {
            show(List.of(middle(input), middle(output), middle(trial.truth())));
        }
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
        return truths.size();
    }

    /** The means over at least one picture, by row (output, input, mean colour) and measure. */
    public Map<String, Map<String, Double>> result() {
        List<Map<String, Double>> plain = rows.computeIfAbsent("mean colour", name -> new ArrayList<>());
        if (plain.isEmpty()) {
            double[] colour = meanColour();
            truths.forEach(truth -> plain.add(measures.of(plain(colour, truth), truth)));
        }
        Map<String, Map<String, Double>> result = new LinkedHashMap<>();
        rows.forEach((row, pairs) -> result.put(row, Measures.mean(pairs)));
        return result;
    }

    private double[] meanColour() {
        double[] sums = new double[truths.get(0).channels()];
        long count = 0;
        for (Bitmap truth : truths) {
            for (int i = 0; i < truth.pixels().length; i++) {
                sums[i % sums.length] += truth.pixels()[i] & 255;
            }
            count += truth.pixels().length / sums.length;
        }
        long pixels = count;
        return Arrays.stream(sums).map(sum -> sum / pixels).toArray();
    }

    private static Bitmap plain(double[] colour, Bitmap like) {
        byte[] pixels = new byte[like.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.round(colour[i % colour.length]);
        }
        return new Bitmap(pixels, like.channels(), like.height(), like.width());
    }

    /** Pictures from all parts, each a row: input, output, truth; all brought to the size of the first. */
    public Pictures sheet() {
        List<Bitmap> shown = sheet.stream().flatMap(List::stream).toList();
        Bitmap first = shown.get(0);
        int side = first.pixels().length;
        byte[] pixels = new byte[shown.size() * side];
        for (int i = 0; i < shown.size(); i++) {
            Bicubic.resize(shown.get(i), first.width(), first.height()).planes(pixels, i * side);
        }
        return new Pictures(pixels, shown.size(), first.channels(), first.height(), first.width());
    }
}
