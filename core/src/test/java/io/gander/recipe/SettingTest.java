package io.gander.recipe;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.Complaint;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
    @Test
    void remembersTheLineOfEveryValue() {
        Setting.Mapping mapping = Setting.parse("# first\na: 1\nb:\n  c: [x,\n    y]\n", "mine.yaml");

        assertThat(mapping.entries()).containsEntry("a", new Setting.Scalar("1", "mine.yaml:2"));
        Setting.Mapping b = (Setting.Mapping) entry(mapping, "b");
        assertThat(b.where()).isEqualTo("mine.yaml:4");
        assertThat(entry(b, "c"))
                .isEqualTo(new Setting.Sequence(
                        List.of(new Setting.Scalar("x", "mine.yaml:4"), new Setting.Scalar("y", "mine.yaml:5")),
                        "mine.yaml:4"));
    }

    @Test
    void readsAFileThatBeginsWithAByteOrderMark() {
        assertThat(Setting.parse("\uFEFFa: 1\n", "mine.yaml").entries()).containsOnlyKeys("a");
    }

    @Test
    void keepsWordsAsTheyWereWritten() {
        Setting.Mapping mapping = Setting.parse("{a: 007, b: 'yes', c: 2e-4, d: ~}", "mine.yaml");

        assertThat(mapping.entries().values())
                .map(value -> ((Setting.Scalar) value).text())
                .containsExactly("007", "yes", "2e-4", "~");
    }

    @Test
    void replacesOrAddsAValueAndLeavesTheOriginalAlone() {
        Setting.Mapping mapping = Setting.parse("train: {steps: 1, batch: 2}", "mine.yaml");
        Setting.Scalar three = new Setting.Scalar("3", "--set");

        Setting.Mapping changed = mapping.with("train.steps", three).with("train.generator.lr", three);

        Setting.Mapping train = (Setting.Mapping) entry(changed, "train");
        assertThat(train.entries().keySet()).containsExactly("steps", "batch", "generator");
        assertThat(entry(train, "steps")).isEqualTo(three);
        assertThat(entry((Setting.Mapping) entry(train, "generator"), "lr")).isEqualTo(three);
        assertThat(mapping).isEqualTo(Setting.parse("train: {steps: 1, batch: 2}", "mine.yaml"));
    }

    @Test
    void aKeyThatStandsTwiceIsAMistake() {
        Complaint.of(() -> Setting.parse("a: 1\nb: 2\na: 3\n", "mine.yaml"))
                .startsWith("mine.yaml:3: ")
                .contains("'a'", "twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [1, 2\nb: 3\n",
                "a: 1\n b: 2\n",
                "a: 1\n\tb: 2\n",
                "a: 'open\n",
                "a: 1\n}\n",
                "a: @x\n",
                "a: *no\n"
            })
    void brokenYamlIsNamedWithItsLine(String yaml) {
        Complaint.of(() -> Setting.parse(yaml, "mine.yaml")).matches("mine\\.yaml:[123]: not valid YAML: .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n"})
    void anEmptyFileIsAMistake(String yaml) {
        Complaint.of(() -> Setting.parse(yaml, "mine.yaml"))
                .matches("mine\\.yaml:[12]: .*")
                .contains("key: value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a\n- b\n", "just words\n", "42"})
    void whatIsNoMappingIsAMistake(String yaml) {
        Complaint.of(() -> Setting.parse(yaml, "mine.yaml"))
                .startsWith("mine.yaml:1: ")
                .contains("key: value");
    }

    @Test
    void aSecondDocumentIsAMistake() {
        Complaint.of(() -> Setting.parse("a: 1\n---\nb: 2\n", "mine.yaml")).startsWith("mine.yaml:2: ");
    }

    @Test
    void aKeyThatIsAListIsAMistake() {
        Complaint.of(() -> Setting.parse("a: 1\n? [b, c]\n: 2\n", "mine.yaml")).matches("mine\\.yaml:[23]: a key .*");
    }

    @Test
    void aCharacterThatYamlForbidsIsAMistake() {
        Complaint.of(() -> Setting.parse("a: 1\nb: \u0000\n", "mine.yaml")).startsWith("mine.yaml");
    }

    @Test
    void anAliasStandsForWhatItNames() {
        Setting.Mapping mapping = Setting.parse("a: &how {lr: 1}\nb: *how\n", "mine.yaml");

        assertThat(entry(mapping, "b")).isEqualTo(entry(mapping, "a"));
    }

    @Test
    @Timeout(value = 5, unit = SECONDS)
    void aBillionLaughsAreRefusedQuickly() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 30; i++) {
            yaml.append("a%d: &a%d [".formatted(i, i));
            yaml.append(("*a" + (i - 1) + ", ").repeat(8))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        Complaint.of(() -> Setting.parse(yaml.toString(), "mine.yaml"))
                .startsWith("mine.yaml:")
                .contains("alias");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: &a [1, *a]\n", "a: &a {b: *a}\n", "a: &a {b: [{c: *a}]}\n", "&a {b: *a}\n"})
    void anAnchorThatContainsItselfIsAMistake(String yaml) {
        Complaint.of(() -> Setting.parse(yaml, "mine.yaml")).startsWith("mine.yaml:1: ");
    }

    @Test
    @Timeout(value = 5, unit = SECONDS)
    void bottomlessNestingIsAMistake() {
        Complaint.of(() -> Setting.parse("a: " + "[".repeat(100_000), "mine.yaml"))
                .startsWith("mine.yaml");
    }

    @Test
    void aValueOfTheCommandLineHasNoLine() {
        assertThat(Setting.parseValue("3000", "--set train.steps"))
                .isEqualTo(new Setting.Scalar("3000", "--set train.steps"));
        assertThat(Setting.parseValue("", "--set data.path")).isEqualTo(new Setting.Scalar("", "--set data.path"));
        assertThat(Setting.parseValue("[0.5, 0.999]", "--set x").where()).isEqualTo("--set x");
        Complaint.of(() -> Setting.parseValue("[0.5", "--set x")).startsWith("--set x: not valid YAML: ");
    }

    private static Setting entry(Setting.Mapping mapping, String key) {
        Setting value = mapping.entries().get(key);
        assertThat(value).as(key).isNotNull();
        return Objects.requireNonNull(value);
    }
}
