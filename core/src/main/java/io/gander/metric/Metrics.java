package io.gander.metric;

import java.util.List;

/**
 * The catalogue: a new metric is a file with its function, and a line here where people should read it. Which of the lists suits a
 * set, {@link Measuring} knows.
 */
final class Metrics {
    /** Of pictures that a classifier knows. */
    static final List<Metric<ClassSamples>> OF_CLASSES = List.of(
            new Metric<>("classes", CoveredClasses::of),
            new Metric<>("label_kl", Kl::of),
            new Metric<>("confidence", samples -> Confidence.of(samples.made(), 1)),
            new Metric<>("score", samples -> ClassifierScore.of(samples.made())),
            new Metric<>("fd", Frechet::of),
            new Metric<>("precision", samples -> samples.balls().precision()),
            new Metric<>("recall", samples -> samples.balls().recall()),
            new Metric<>("density", samples -> samples.balls().density()),
            new Metric<>("coverage", samples -> samples.balls().coverage()));

    /** Of many such pictures, where there are some of the same size that nobody learnt from. */
    static final List<Metric<Copies>> OF_COPIES = List.of(new Metric<>("nearest", Copies::nearest));

    /** Of stacked digits. */
    static final List<Metric<StackedSamples>> OF_STACKS = List.of(
            new Metric<>("modes", samples -> Modes.of(samples.found())),
            new Metric<>("kl", Kl::of),
            new Metric<>("confidence", samples -> Confidence.of(samples.digits(), 3)));

    /** Of points that a mixture should have drawn. */
    static final List<Metric<MixtureSamples>> OF_MIXTURES = List.of(
            new Metric<>("modes", samples -> Modes.of(samples.good())),
            new Metric<>("good", GoodShare::of),
            new Metric<>("reverse_kl", Kl::of),
            new Metric<>("js", Js::of));

    /** Of other points of the plane. */
    static final List<Metric<Histogram.Beside>> OF_POINTS = List.of(new Metric<>("js", Js::of));

    /** Of a picture and the one that it should be. */
    static final List<Metric<Pair>> OF_PAIRS =
            List.of(new Metric<>("l1", L1::of), new Metric<>("psnr", Psnr::of), new Metric<>("ssim", Ssim::of));

    /** Of such a pair, with a feature network. */
    static final List<Metric<Lpips>> OF_FEATURES = List.of(new Metric<>("lpips", Lpips::distance));

    private Metrics() {}
}
