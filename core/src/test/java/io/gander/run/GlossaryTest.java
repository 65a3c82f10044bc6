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

    /** By the names that the report has for them; some say all by themselves. */
    @Test
    void everyMetricOfTheReportIsExplained() throws IOException {
        String html = Glossary.html(Files.readString(Path.of("../docs/glossary.md")));
        String script = Files.readString(Path.of("src/main/resources/io/gander/run/report.js"));
        String names = script.substring(script.indexOf("const NAMES"), script.indexOf("const named"));
        List<String> keys = Pattern.compile("[{,]\\s*(\\w+): \"")
                .matcher(names)
                .results()
                .map(key -> key.group(1))
                .filter(key -> !List.of("seconds", "examples_per_second").contains(key))
                .toList();

        assertThat(keys).hasSizeGreaterThan(20).allSatisfy(key -> assertThat(html)
                .containsPattern("id=\"word-" + key + "\"|data-keys=\"([^\"]+ )?" + key + "[ \"]"));
    }
}
