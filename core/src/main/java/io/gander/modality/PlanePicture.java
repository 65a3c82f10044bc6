package io.gander.modality;

import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A game in the plane, seen from above: the discriminator's field (warm where it believes in the points, cool where not), real points
 * in grey, samples in blue, and where the discriminator's slope pulls some of these.
 */
final class PlanePicture {
    private static final int SIDE = 400;
    private static final int CELLS = 80;
    private static final int ARROWS = 60;
    private static final double LONGEST_ARROW = 26;
    private static final double MARGIN = 0.2;
    private static final Color REAL_COLOUR = new Color(60, 60, 60, 110);
    private static final Color SAMPLE_COLOUR = new Color(20, 70, 200, 150);
    private static final Color PULL_COLOUR = new Color(20, 20, 20, 200);

    private final float[] real;
    private final double centreX;
    private final double centreY;
    private final double half;

    /** @param real x and y of some real points */
    PlanePicture(float[] real) {
        this.real = real.clone();
        double[] range = range(real);
        this.centreX = (range[0] + range[1]) / 2;
        this.centreY = (range[2] + range[3]) / 2;
        this.half = Math.max(1e-6, (1 + MARGIN) * Math.max(range[1] - range[0], range[3] - range[2]) / 2);
    }

    private static double[] range(float[] xy) {
        double[] range = {xy[0], xy[0], xy[1], xy[1]};
        for (int i = 0; i < xy.length; i += 2) {
            range[0] = Math.min(range[0], xy[i]);
            range[1] = Math.max(range[1], xy[i]);
            range[2] = Math.min(range[2], xy[i + 1]);
            range[3] = Math.max(range[3], xy[i + 1]);
        }
        return range;
    }

    /**
     * Draws it.
     *
     * @param samples [n, 2]
     * @param discriminator from points to logits, [n, 1]
     */
    BufferedImage draw(Tensor samples, UnaryOperator<Tensor> discriminator) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = pen(image);
        field(pen, discriminator);
        dots(pen, real, 1.1, REAL_COLOUR);
        dots(pen, samples.toArray(), 1.6, SAMPLE_COLOUR);
        pull(pen, samples, discriminator);
        pen.dispose();
        return image;
    }

    /** The samples alone. */
    BufferedImage draw(Tensor samples) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = pen(image);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, SIDE, SIDE);
        dots(pen, samples.toArray(), 1.6, SAMPLE_COLOUR);
        pen.dispose();
        return image;
    }

    private static Graphics2D pen(BufferedImage image) {
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return pen;
    }

    private void field(Graphics2D pen, UnaryOperator<Tensor> discriminator) {
        float[] places = new float[2 * CELLS * CELLS];
        for (int i = 0; i < CELLS * CELLS; i++) {
            int row = i / CELLS;
            places[2 * i] = (float) (centreX + half * (2 * (i % CELLS + 0.5) / CELLS - 1));
            places[2 * i + 1] = (float) (centreY + half * (1 - 2 * (row + 0.5) / CELLS));
        }
        float[] logits;
        try (Scope scope = Scope.open()) {
            logits = discriminator
                    .apply(Tensor.of(places, (long) CELLS * CELLS, 2))
                    .toArray();
        }
        float[] sorted = logits.clone();
        Arrays.sort(sorted);
        double middle = sorted[sorted.length / 2]; // relative losses leave the logits' zero open
        double spread = Math.max(1e-6, sorted[sorted.length * 9 / 10] - sorted[sorted.length / 10]);
        double cell = (double) SIDE / CELLS;
        for (int i = 0; i < logits.length; i++) {
            pen.setColor(shade(Math.tanh(2 * (logits[i] - middle) / spread)));
            int x = (int) (i % CELLS * cell);
            int row = i / CELLS;
            int y = (int) (row * cell);
            pen.fillRect(x, y, (int) Math.ceil(cell), (int) Math.ceil(cell));
        }
    }

    /** From cool at −1 over white to warm at 1. */
    private static Color shade(double value) {
        float[] end = value > 0 ? new float[] {1F, 0.80F, 0.55F} : new float[] {0.72F, 0.84F, 0.96F};
        float share = (float) Math.abs(value);
        return new Color(1 + share * (end[0] - 1), 1 + share * (end[1] - 1), 1 + share * (end[2] - 1));
    }

    private void dots(Graphics2D pen, float[] xy, double radius, Color colour) {
        pen.setColor(colour);
        for (int i = 0; i < xy.length; i += 2) {
            pen.fill(new Ellipse2D.Double(column(xy[i]) - radius, row(xy[i + 1]) - radius, 2 * radius, 2 * radius));
        }
    }

    private void pull(Graphics2D pen, Tensor samples, UnaryOperator<Tensor> discriminator) {
        long count = Math.min(ARROWS, samples.shape()[0]);
        try (Scope scope = Scope.open()) {
            Tensor some = samples.narrow(0, 0, count).copy().requiresGrad(true);
            Tensor logits = discriminator.apply(some).sum();
            float[] slope =
                    Tensor.gradients(logits, List.of(some), false).get(0).toArray();
            float[] from = some.toArray();
            double longest = 1e-12;
            for (int i = 0; i < slope.length; i += 2) {
                longest = Math.max(longest, Math.hypot(slope[i], slope[i + 1]));
            }
            pen.setColor(PULL_COLOUR);
            pen.setStroke(new BasicStroke(1.2F));
            for (int i = 0; i < slope.length; i += 2) {
                double scale = LONGEST_ARROW / longest;
                arrow(pen, column(from[i]), row(from[i + 1]), scale * slope[i], -scale * slope[i + 1]);
            }
        }
    }

    private static void arrow(Graphics2D pen, double x, double y, double dx, double dy) {
        double endX = x + dx;
        double endY = y + dy;
        pen.draw(new Line2D.Double(x, y, endX, endY));
        double head = 0.3;
        pen.draw(new Line2D.Double(endX, endY, endX - head * (dx - dy / 2), endY - head * (dy + dx / 2)));
        pen.draw(new Line2D.Double(endX, endY, endX - head * (dx + dy / 2), endY - head * (dy - dx / 2)));
    }

    private double column(double x) {
        return SIDE * ((x - centreX) / half + 1) / 2;
    }

    private double row(double y) {
        return SIDE * (1 - (y - centreY) / half) / 2;
    }
}
