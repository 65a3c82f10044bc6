package io.gander.data;

import io.gander.recipe.DataName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Equally likely round Gaussians in the plane, as PacGAN has them (Lin et al., 2018, section 4.1).
 *
 * @param centres their means, x and y
 * @param sigma their standard deviation, in each direction
 */
public record Mixture(List<Centre> centres, double sigma) {
    private static final int RING = 8;
    private static final double RING_SIGMA = 0.01;
    private static final double GRID_SIGMA = 0.05;

    /** The centre of one Gaussian. */
    public record Centre(double x, double y) {}

    /** The mixture that a data set is drawn from; null if it is drawn from something else. */
    public static @Nullable Mixture of(DataName name) {
        return switch (name) {
            case RING -> ring();
            case GRID -> grid();
            default -> null;
        };
    }

    /** On the unit circle. */
    private static Mixture ring() {
        List<Centre> centres = new ArrayList<>();
        for (int i = 0; i < RING; i++) {
            double angle = 2 * Math.PI * i / RING;
            centres.add(new Centre(Math.cos(angle), Math.sin(angle)));
        }
        return new Mixture(centres, RING_SIGMA);
    }

    /** At {−4, −2, 0, 2, 4}². */
    private static Mixture grid() {
        List<Centre> centres = new ArrayList<>();
        for (int x = -4; x <= 4; x += 2) {
            for (int y = -4; y <= 4; y += 2) {
                centres.add(new Centre(x, y));
            }
        }
        return new Mixture(centres, GRID_SIGMA);
    }

    /** The place of the centre that is nearest to a point. */
    public int nearest(double x, double y) {
        int best = 0;
        for (int i = 1; i < centres.size(); i++) {
            if (distance(i, x, y) < distance(best, x, y)) {
                best = i;
            }
        }
        return best;
    }

    /** Between a centre and a point. */
    public double distance(int centre, double x, double y) {
        return Math.hypot(centres.get(centre).x() - x, centres.get(centre).y() - y);
    }
}
