package io.gander.metric;

import io.gander.error.UserError;
import io.gander.image.Bitmap;
import io.gander.network.FeatureNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges a picture by the one that it should be: {@code l1}, {@code psnr}, {@code ssim} and, with a feature network, {@code lpips}, of all
 * colours whatever the channels are.
 *
 * @param channels what the first three compare
 * @param crop pixels that are left out on every side; super-resolution's custom is as many as the scale
 * @param features what the last one looks with, lent; null to leave it out
 */
public record PairMeasures(
        Channels channels, int crop, @Nullable FeatureNetwork features) {
    /**
     * The numbers of one pair, by name.
     *
     * @throws UserError if the pictures' sizes differ, or if they are too small for a metric
     */
    public Map<String, Double> of(Bitmap picture, Bitmap truth) {
        Bitmap inner = Pair.inner(picture, truth, crop);
        Bitmap innerTruth = Pair.inner(truth, picture, crop);
        Map<String, Double> values = Metric.all(Metrics.OF_PAIRS, Pair.of(inner, innerTruth, channels));
        if (features != null) {
            values.putAll(Metric.all(Metrics.OF_FEATURES, new Lpips(features, inner, innerTruth)));
        }
        return values;
    }

    /** The mean over pairs, by name; of PSNR the mean of the decibels, as papers have it. Empty if there are none. */
    public static Map<String, Double> mean(List<Map<String, Double>> pairs) {
        Map<String, Double> mean = new LinkedHashMap<>();
        for (Map<String, Double> pair : pairs) {
            pair.forEach((name, value) -> mean.merge(name, value / pairs.size(), Double::sum));
        }
        return mean;
    }
}
