package io.gander.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gander.Tiny;
import io.gander.game.StandardCatalogue;
import io.gander.image.PngWriter;
import io.gander.recipe.Recipe;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
    private final Path folder;
    private Recipe recipe;
    private RunDirectory run;

    ReportTest(@TempDir Path folder) {
        this.folder = folder;
        this.recipe = Tiny.mlp(folder);
        this.run = RunDirectory.create(
                folder.resolve("run"),
                recipe,
                Map.of(
                        "started",
                        "2026-01-02T03:04:05Z",
                        "data",
                        Map.of("name", "pictures"),
                        "machine",
                        Map.of("cores", 2)),
                Map.of());
    }

    private String html() throws IOException {
        return html(false);
    }

    private String html(boolean live) throws IOException {
        run.report(recipe, live);
        return Files.readString(run.path().resolve("report.html"));
    }

    /** What stands in the page's data element, found as a browser finds it: up to the first end tag. */
    private static JsonNode data(String html) throws IOException {
        Matcher element = Pattern.compile("<script id=\"data\" type=\"application/json\">(.*?)</script", Pattern.DOTALL)
                .matcher(html);
        assertThat(element.find()).isTrue();
        return new ObjectMapper().readTree(element.group(1));
    }

    private void sample(long step) throws IOException {
        run.sample(step, PngWriter.encode(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY), Map.of()));
    }

    private static List<Long> steps(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.path("step").asLong())
                .toList();
    }

    @Test
    void needsNothingButItself() throws IOException {
        sample(0);
        run.metrics().append(1, Map.of("loss_generator", 0.7));
        String html = html();
        assertThat(html)
                .doesNotContain(
                        "http:", "https:", "@import", "@DATA@", "@STYLE@", "@SCRIPT@", "@GLOSSARY@", "<link", "url(");
        assertThat(html).doesNotContainPattern("\\bsrc=").doesNotContainPattern("\\bhref=\"[^#]");
        assertThat(html).doesNotContainPattern("\\b(fetch|XMLHttpRequest|importScripts|WebSocket)\\b");
        assertThat(html).startsWith("<!doctype html>").contains("<meta charset=\"utf-8\">");
    }

    @Test
    void holdsWhatTheDirectoryHolds() throws IOException {
        sample(0);
        sample(12);
        run.metrics().append(1, Map.of("loss_generator", 0.75, "examples_per_second", 80.0));
        run.metrics().append(2, Map.of("loss_generator", 0.5, "images_per_second", 90.0)); // by an older Gander
        JsonNode data = data(html());
        assertThat(data.path("name").asText()).isEqualTo("mnist-mlp-keras");
        assertThat(data.path("about").asText()).contains("pictures", "batch 8");
        assertThat(data.path("when").asText()).isEqualTo("begun 2026-01-02 03:04:05 UTC");
        assertThat(data.path("steps").asInt()).isEqualTo(12);
        assertThat(data.path("step").asInt()).isEqualTo(12);
        assertThat(data.path("resume").asText()).startsWith("gander resume ");
        assertThat(data.at("/verdict/help").isArray()).isTrue();
        assertThat(data.path("speed").asDouble()).isEqualTo(90);
        assertThat(data.path("metrics"))
                .extracting(row -> row.path("examples_per_second").asDouble())
                .containsExactly(80.0, 90.0);
        assertThat(steps(data.path("metrics"))).containsExactly(1L, 2L);
        assertThat(data.path("metrics").path(0).path("loss_generator").asDouble())
                .isEqualTo(0.75);
        assertThat(steps(data.path("samples"))).containsExactly(0L, 12L);
        String png = data.path("samples").path(1).path("png").asText();
        assertThat(png).startsWith("data:image/png;base64,");
        byte[] bytes = Base64.getDecoder().decode(png.substring(png.indexOf(',') + 1));
        assertThat(bytes).isEqualTo(Files.readAllBytes(run.samples().get(1)));
        assertThat(ImageIO.read(new ByteArrayInputStream(bytes))).isNotNull();
        Recipe read = Recipe.parse("again", data.path("recipe").asText(), "report", StandardCatalogue.INSTANCE);
        assertThat(read).isEqualTo(recipe);
        assertThat(data.path("provenance").asText()).contains("\"cores\" : 2");
    }

    @Test
    void anEmptyRunHasAPage() throws IOException {
        JsonNode data = data(html());
        assertThat(data.path("metrics").isEmpty()).isTrue();
        assertThat(data.path("samples").isEmpty()).isTrue();
        assertThat(data.path("speed").asDouble()).isZero();

        Files.delete(run.path().resolve("provenance.json"));
        assertThat(data(html()).path("when").asText()).isEqualTo("begun ?");
    }

    @Test
    void tellsWhetherTheRunGoesOn() throws IOException {
        sample(0);
        JsonNode data = data(html(true));
        assertThat(data.path("live").asBoolean()).isTrue();
        assertThat(data.path("step").asInt()).isZero();
        assertThat(data.path("steps").asInt()).isEqualTo(12);
        assertThat(data.path("verdict").path("words").asText()).isEqualTo("Too early to say");
        long written = data.path("written").asLong();

        run.metrics().append(7, Map.of("loss_generator", 0.7));
        JsonNode ended = data(html(false));
        assertThat(ended.path("live").asBoolean()).isFalse();
        assertThat(ended.path("step").asInt()).isEqualTo(7);
        assertThat(ended.path("written").asLong()).isGreaterThanOrEqualTo(written);
    }

    /** A page from the disk cannot read files: it loads itself once more, in a frame, which hands over its data. */
    @Test
    void looksForNewsOfItselfOnlyWhileTheRunGoesOn() throws IOException {
        assertThat(html())
                .contains("if (!run.live) return;", "frame.src = location.href", "e.source !== frame.contentWindow")
                .doesNotContain("http-equiv", "location.reload");
    }

    @Test
    void holdsTheVerdictTheLimitsAndEachEventOnce() throws IOException {
        recipe = recipe.with("train.steps", 5000);
        run.metrics().append(2000, Map.of("diversity", 0.9, "covered", 0.5, "classes", 5.0));
        Map<String, Object> warning = new LinkedHashMap<>();
        warning.put("event", "warning");
        warning.put("step", 2000);
        warning.put("message", "modes <b>are</b> left out.");
        run.log(warning);
        run.log(warning); // as a run that was resumed says it again
        run.log(Map.of("event", "warning", "message", "the data changed."));

        JsonNode data = data(html());
        assertThat(data.path("verdict").path("kind").asText()).isEqualTo("MODES_MISSING");
        assertThat(data.path("verdict").path("reason").asText()).contains("5 of the 10 kinds");
        assertThat(data.path("kinds").asInt()).isEqualTo(10);
        assertThat(data.path("limits").path("covered").asDouble()).isEqualTo(0.8);
        assertThat(data.path("events"))
                .extracting(event -> event.path("message").asText())
                .containsExactly("modes <b>are</b> left out.", "the data changed.");
        assertThat(data.path("events").path(0).path("step").asInt()).isEqualTo(2000);
        assertThat(data.path("events").path(1).has("step")).isFalse();
    }

    @Test
    void namesTheColumnsAndTheLoss() throws IOException {
        assertThat(data(html()).path("columns").isEmpty()).isTrue();
        assertThat(data(html()).path("loss").asText()).isEqualTo("non-saturating");

        recipe = Tiny.paired(folder);
        assertThat(data(html()).path("columns"))
                .extracting(JsonNode::asText)
                .containsExactly("input", "output", "target");
        recipe = Tiny.unpaired(folder);
        assertThat(data(html()).path("columns"))
                .extracting(JsonNode::asText)
                .containsExactly("picture", "translated", "and back");
        assertThat(data(html()).path("loss").asText()).isEqualTo("least-squares");
    }

    /** Values of a run come onto the page as text; what is read as HTML is made of numbers and of the page's own words. */
    @Test
    void noValueIsReadAsHtml() throws IOException {
        assertThat(html()).doesNotContain("insertAdjacentHTML", "document.write", "outerHTML", "eval(");
        List<String> written = Pattern.compile("innerHTML = (.*)")
                .matcher(html())
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(written).hasSize(2).noneMatch(line -> line.contains("message") || line.contains("run."));
    }

    /** In a script element, "</script" ends it, and after "<!--" and "<script" the next end tag does not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "</script><script>alert(1)</script>",
                "</SCRIPT >",
                "<!--<script>",
                "]]>\u2028 \\ \" ' & @DATA@ $1"
            })
    void noValueBreaksOutOfItsPlace(String value) throws IOException {
        recipe = recipe.with("data.path", Tiny.quoted(value));
        assertThat(recipe.data().path()).isEqualTo(value);
        long tagsBefore = tags(html());
        run = RunDirectory.create(
                folder.resolve(String.valueOf(value.hashCode())), recipe, Map.of("started", value), Map.of());

        String html = html();
        JsonNode data = data(html);
        Recipe read = Recipe.parse("again", data.path("recipe").asText(), "report", StandardCatalogue.INSTANCE);
        assertThat(read.data().path()).isEqualTo(value);
        assertThat(tags(html)).isEqualTo(tagsBefore);
        assertThat(html).doesNotContain("<!--");
    }

    /** What looks to a browser as if it began or ended a script. */
    private static long tags(String html) {
        return Pattern.compile("</?script", Pattern.CASE_INSENSITIVE)
                .matcher(html)
                .results()
                .map(MatchResult::group)
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 601, 1200, 1201, 5000})
    void longMetricsAreThinnedButTheirLastRowStays(int count) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            lines.append("{\"step\":")
                    .append(i)
                    .append(",\"loss\":")
                    .append(i % 2)
                    .append("}\n");
        }
        Files.writeString(run.path().resolve("metrics.jsonl"), lines);
        JsonNode rows = data(html()).path("metrics");
        assertThat(rows.size()).isBetween(300, 601);
        assertThat(rows.path(rows.size() - 1).path("step").asInt()).isEqualTo(count);
        assertThat(rows.path(rows.size() - 1).path("loss").asInt()).isEqualTo(count % 2);
        assertThat(steps(rows)).isSorted().doesNotHaveDuplicates();
        if (count > 600) { // neighbours are averaged, so that a curve keeps its height
            assertThat(rows.path(0).path("loss").asDouble()).isBetween(0.2, 0.8);
        } else {
            assertThat(rows.size()).isEqualTo(count);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {23, 24, 25, 60})
    void atMostTwentyFourGridsAreShownFromTheFirstToTheLast(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            sample(i * 10L);
        }
        List<Long> shown = steps(data(html()).path("samples"));
        assertThat(shown).hasSize(Math.min(count, 24)).isSorted().doesNotHaveDuplicates();
        assertThat(shown.get(0)).isZero();
        assertThat(shown.get(shown.size() - 1)).isEqualTo((count - 1) * 10L);
    }
}
