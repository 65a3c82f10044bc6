package io.gander.metric;

import java.util.Arrays;

/** Per cent of the points that are good: within 3σ of the nearest mean (Lin et al., 2018, section 4.1). */
final class GoodShare {
    private GoodShare() {}

    static double of(MixtureSamples samples) {
        return 100 * Arrays.stream(samples.good()).sum() / samples.count();
    }
}
