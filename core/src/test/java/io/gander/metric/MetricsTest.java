package io.gander.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Files, tables and reports have these names, in this order. */
class MetricsTest {
    private static List<String> names(List<? extends Metric<?>> metrics) {
        return metrics.stream().<String>map(Metric::name).toList();
    }

    @Test
    void theCatalogueKeepsItsOrder() {
        assertThat(names(Metrics.OF_CLASSES))
                .containsExactly(
                        "classes",
                        "label_kl",
                        "confidence",
                        "score",
                        "fd",
                        "precision",
                        "recall",
                        "density",
                        "coverage");
        assertThat(names(Metrics.OF_COPIES)).containsExactly("nearest");
        assertThat(names(Metrics.OF_STACKS)).containsExactly("modes", "kl", "confidence");
        assertThat(names(Metrics.OF_MIXTURES)).containsExactly("modes", "good", "reverse_kl", "js");
        assertThat(names(Metrics.OF_POINTS)).containsExactly("js");
        assertThat(names(Metrics.OF_PAIRS)).containsExactly("l1", "psnr", "ssim");
        assertThat(names(Metrics.OF_FEATURES)).containsExactly("lpips");
    }
}
