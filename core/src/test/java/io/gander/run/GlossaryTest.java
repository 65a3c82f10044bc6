package io.gander.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GlossaryTest {
    @Test
    void wordsAreTermsThatCanBeLinkedTo() {
        String html = Glossary.html(
                "# Title\n\nAn introduction.\n\n### D(x) and D(G(z))\nBelow 1 < 2: `d_real` and\n`d_fake`; see"
                        + " [mode](#mode), [guard](collapse.md#the-guard).\n\n### Mode\nA kind & more.\n");

        assertThat(html.lines())
                .containsExactly(
                        "<dt id=\"word-dx-and-dgz\" data-keys=\"d_fake d_real\">D(x) and D(G(z))</dt><dd>Below 1 &lt; 2:"
                                + " <code>d_real</code> and <code>d_fake</code>; see <a href=\"#word-mode\">mode</a>, guard (docs/collapse.md).</dd>",
                        "<dt id=\"word-mode\" data-keys=\"\">Mode</dt><dd>A kind &amp; more.</dd>");
    }

    @Test
    void theGlossarysOwnLinksLead() throws IOException {
        String html = Glossary.html(Files.readString(Path.of("../docs/glossary.md")));

        List<String> targets = Pattern.compile("href=\"#([^\"]+)\"")
                .matcher(html)
                .results()
                .map(link -> link.group(1))
                .toList();
        assertThat(targets).isNotEmpty().allSatisfy(id -> assertThat(html).contains("<dt id=\"" + id + "\""));
    }

    @Test
    void everyMetricOfTheReportIsExplained() throws IOException {
        String html = Glossary.html(Files.readString(Path.of("../docs/glossary.md")));

        assertThat(List.of(
                        "loss_discriminator",
                        "loss_generator",
                        "loss_cycle",
                        "loss_content",
                        "d_real",
                        "d_fake",
                        "grad_discriminator",
                        "diversity",
                        "covered",
                        "classes",
                        "modes",
                        "good",
                        "label_kl",
                        "kl",
                        "reverse_kl",
                        "js",
                        "confidence",
                        "score",
                        "fd",
                        "precision",
                        "recall",
                        "density",
                        "coverage",
                        "nearest",
                        "augment",
                        "l1",
                        "psnr",
                        "ssim",
                        "lpips"))
                .allSatisfy(key -> assertThat(html)
                        .containsPattern("id=\"word-" + key + "\"|data-keys=\"([^\"]+ )?" + key + "[ \"]"));
    }
}
