package io.gander.metric;

import io.gander.error.UserError;
import io.gander.image.Bitmap;
import io.gander.network.FeatureNetwork;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of a picture and the picture that it should be:
 *
 * <ul>
 *   <li>{@value #L1}: the mean absolute difference, 0…1; less is nearer
 *   <li>{@value #PSNR}: the peak signal-to-noise ratio, dB; more is nearer, infinite for equal pictures
 *   <li>{@value #SSIM}: structural similarity, at most 1; more is nearer
 *   <li>{@value #LPIPS}: {@linkplain FeatureNetwork#lpips the LPIPS-like distance}, of all colours whatever the channels
 *       are; less is nearer
 * </ul>
 *
 * @param channels what the first three compare
 * @param crop pixels that are left out on every side; super-resolution's custom is as many as the scale
 * @param features what the last one parts with, lent; null to leave it out
 */
public record Measures(
        Channels channels, int crop, @Nullable FeatureNetwork features) {
    public static final String L1 = "l1";
    public static final String PSNR = "psnr";
    public static final String SSIM = "ssim";
    public static final String LPIPS = "lpips";

    /**
     * The measures of one pair, by name.
     *
     * @throws UserError if the pictures' sizes differ, or if they are too small for a measure
     */
    public Map<String, Double> of(Bitmap picture, Bitmap truth) {
        Pair pair = Pair.of(picture, truth, channels, crop);
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put(L1, l1(pair));
        measures.put(PSNR, Psnr.of(pair));
        measures.put(SSIM, Ssim.of(pair));
        if (features != null) {
            measures.put(LPIPS, lpips(features, Pair.inner(picture, truth, crop), Pair.inner(truth, picture, crop)));
        }
        return measures;
    }

    /** The mean over pairs, by name; of PSNR the mean of the decibels, as papers have it. Empty if there are none. */
    public static Map<String, Double> mean(List<Map<String, Double>> pairs) {
        Map<String, Double> mean = new LinkedHashMap<>();
        for (Map<String, Double> pair : pairs) {
            pair.forEach((name, value) -> mean.merge(name, value / pairs.size(), Double::sum));
        }
        return mean;
    }

    private static double l1(Pair pair) {
        double sum = 0;
        for (int channel = 0; channel < pair.picture().length; channel++) {
            for (int i = 0; i < pair.picture()[channel].length; i++) {
                sum += Math.abs(pair.picture()[channel][i] - pair.truth()[channel][i]);
            }
        }
        return sum / 255 / pair.picture().length / pair.width() / pair.height();
    }

    private static double lpips(FeatureNetwork features, Bitmap picture, Bitmap truth) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            return features.lpips(tensor(picture), tensor(truth)).item();
        }
    }

    private static Tensor tensor(Bitmap picture) {
        byte[] planes = new byte[picture.pixels().length];
        picture.planes(planes, 0);
        return Tensor.ofPixels(planes, 0, 1, 1, picture.channels(), picture.height(), picture.width());
    }
}
