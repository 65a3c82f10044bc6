package io.gander;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/adding-a-gan.md shows the templates that each room's tests train. */
class TemplatesTest {
    private static final String BEGIN = "// template\n";
    private static final String END = "// end of template";

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/adding-a-gan.md"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "architecture/TemplateGan",
                "layer/TemplateLayer",
                "objective/TemplateLoss",
                "game/TemplateGame",
                "modality/TemplatePulses"
            })
    void thePageShowsTheCodeThatWorks(String file) throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/gander/" + file + ".java"));
        String template = source.substring(source.indexOf(BEGIN) + BEGIN.length(), source.indexOf(END));
        assertThat(page()).contains("```java\n" + template + "```\n");
    }

    @Test
    void andNoOther() throws IOException {
        assertThat(Pattern.compile("```java").matcher(page()).results()).hasSize(5);
    }
}
