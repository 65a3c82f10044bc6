package io.gander.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.Complaint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTest {
    private enum Colour {
        RED,
        DARK_BLUE
    }

    @Test
    void readsEveryKindOfValue() {
        Section section = section("""
                word: some text
                count: 42
                rate: 2e-4
                flag: true
                sizes: [128, 256]
                betas: [0.5, 1]
                colour: dark-blue
                inner: {count: 7}
                """);

        assertThat(section.text("word", null)).isEqualTo("some text");
        assertThat(section.integer("count", null, 0, 100)).isEqualTo(42);
        assertThat(section.real("rate", null, 0, 1)).isEqualTo(0.0002);
        assertThat(section.flag("flag", false)).isTrue();
        assertThat(section.integers("sizes", null, 1)).containsExactly(128, 256);
        assertThat(section.reals("betas", List.of(), 2, 0, 1)).containsExactly(0.5, 1.0);
        assertThat(section.choice("colour", Colour.class, null)).isEqualTo(Colour.DARK_BLUE);
        assertThat(section.section("inner").integer("count", null, 0, 10)).isEqualTo(7);
        section.finish();
    }

    @Test
    void remembersWhatWasReadDefaultsIncluded() {
        Section section = section("count: 42\n");
        section.integer("count", 1, 0, 100);
        section.real("rate", 0.5, 0, 1);
        section.choice("colour", Colour.class, Colour.DARK_BLUE);
        section.section("inner").flag("flag", true);

        assertThat(section.resolved().toString())
                .isEqualTo("{count=42, rate=0.5, colour=dark-blue, inner={flag=true}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2e-4", "2E-4", "0.0002", "2.0e-04", ".0002", "+2e-4"})
    void readsScientificNotation(String written) {
        assertThat(section("rate: " + written).real("rate", null, 0, 1)).isEqualTo(0.0002);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "Infinity",
                "-Infinity",
                ".nan",
                ".inf",
                "-.inf",
                "1e999",
                "-1",
                "2",
                "fast",
                "''",
                "0,5",
                "~"
            })
    void refusesWhatIsNoNumberWithinTheLimits(String written) {
        Complaint.of(() -> section("# first\nrate: " + written).real("rate", 0.5, 0, 1))
                .startsWith("mine.yaml:2: train.rate must be a number from 0 to 1; found '");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "1e999"})
    void refusesEndlessNumbersWhereNoUpperLimitIsNamed(String written) {
        Complaint.of(() -> section("clip: " + written).real("clip", 0.0, 0, Double.MAX_VALUE))
                .startsWith("mine.yaml:1: train.clip must be a number of at least 0; found '" + written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2147483648",
                "-2147483649",
                "99999999999999999999999999999999",
                "3000.5",
                "1e3",
                "3,000",
                "0",
                "many",
                "0x10"
            })
    void refusesWhatIsNoWholeNumberWithinTheLimits(String written) {
        Complaint.of(() -> section("steps: " + written).integer("steps", null, 1, Integer.MAX_VALUE))
                .isEqualTo("mine.yaml:1: train.steps must be a whole number of at least 1; found '" + written + "'.");
    }

    @Test
    void namesBothLimits() {
        Complaint.of(() -> section("size: 3").integer("size", 28, 4, 1024))
                .isEqualTo("mine.yaml:1: train.size must be a whole number from 4 to 1024; found '3'.");
    }

    @Test
    void aFlagIsTrueOrFalse() {
        Complaint.of(() -> section("flag: yes").flag("flag", true))
                .isEqualTo("mine.yaml:1: train.flag must be true or false; found 'yes'.");
    }

    @Test
    void aListMustBeAList() {
        Complaint.of(() -> section("sizes: 128").integers("sizes", null, 1))
                .startsWith("mine.yaml:1: train.sizes must be a list of whole numbers")
                .contains("[128, 256]");
        Complaint.of(() -> section("sizes: [1, [2]]").integers("sizes", null, 1))
                .startsWith("mine.yaml:1: train.sizes must be a list");
        Complaint.of(() -> section("sizes: [1, two]").integers("sizes", null, 1))
                .contains("found 'two'");
        Complaint.of(() -> section("sizes: [1, 0]").integers("sizes", null, 1)).contains("at least 1", "found '0'");
    }

    @Test
    void aListOfNumbersHasItsLength() {
        Complaint.of(() -> section("betas: [0.5]").reals("betas", List.of(), 2, 0, 1))
                .isEqualTo("mine.yaml:1: train.betas must be a list of 2 numbers from 0 to 1; found 1.");
        Complaint.of(() -> section("betas: [0.5, NaN]").reals("betas", List.of(), 2, 0, 1))
                .contains("found 'NaN'");
    }

    @Test
    void aWordIsNotAGroupAndAGroupIsNotAWord() {
        Complaint.of(() -> section("word: {a: 1}").text("word", null))
                .isEqualTo("mine.yaml:1: train.word must be a word; found a group or a list.");
        Complaint.of(() -> section("word: [a]").text("word", null)).contains("train.word must be a word");
        Complaint.of(() -> section("group: word").section("group"))
                .startsWith("mine.yaml:1: train.group must be a group of keys");
        Complaint.of(() -> section("group: [a]").section("group")).contains("train.group must be a group of keys");
    }

    @Test
    void aMissingKeyIsNamedWithWhatItMustBe() {
        Complaint.of(() -> section("# first\nbatch: 1").integer("steps", null, 1, 10))
                .isEqualTo("mine.yaml:2: the key 'train.steps' is missing; it must be a whole number from 1 to 10.");
        Complaint.of(() -> section("batch: 1").integers("sizes", null, 1)).contains("'train.sizes' is missing");
        Complaint.of(() -> section("batch: 1").section("inner").text("word", null))
                .isEqualTo("mine.yaml:1: the key 'train.inner.word' is missing; it must be a word.");
    }

    @Test
    void aWrongChoiceIsAnsweredWithTheNearest() {
        Complaint.of(() -> section("colour: dark-blu").choice("colour", Colour.class, null))
                .isEqualTo("mine.yaml:1: train.colour is 'dark-blu'. Did you mean 'dark-blue'?");
        Complaint.of(() -> section("colour: orange").choice("colour", Colour.class, null))
                .endsWith("Known: red, dark-blue.");
        Complaint.of(() -> section("colour: DARK_BLUE").choice("colour", Colour.class, null))
                .contains("'dark-blue'");
        Complaint.of(() -> section("colour: \"dark\\nblue\"").choice("colour", Colour.class, null))
                .contains("'dark-blue'");
    }

    @Test
    void aKeyThatNobodyAskedForIsUnknown() {
        Section section = section("steps: 1\nbathc: 2\n");
        section.integer("steps", null, 1, 10);
        section.integer("batch", 64, 1, 100);

        Complaint.of(section::finish).isEqualTo("mine.yaml:2: unknown key 'train.bathc'. Did you mean 'train.batch'?");
    }

    private static Section section(String yaml) {
        return new Section("train", Setting.parse(yaml, "mine.yaml"));
    }
}
