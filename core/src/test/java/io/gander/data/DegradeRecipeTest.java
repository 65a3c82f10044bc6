package io.gander.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.Complaint;
import io.gander.recipe.Range;
import io.gander.recipe.Section;
import io.gander.recipe.Sections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The section {@code degrade}, and the numbers from … to … that it is made of. */
class DegradeRecipeTest {
    private static DegradeRecipe read(String yaml) {
        Section section = Sections.of("degrade", yaml);
        DegradeRecipe recipe = DegradeRecipe.read(section);
        section.finish();
        return recipe;
    }

    @Test
    void nothingIsDoneUnlessItIsAskedFor() {
        DegradeRecipe none = read("{}");

        assertThat(none).isEqualTo(DegradeRecipe.NONE);
        assertThat(none.any()).isFalse();
        assertThat(none.lowResolution()).isEqualTo(1);
        assertThat(none.blockSize()).isEqualTo(16);
        assertThat(read("{blur: [0, 0], block-size: 4, jpeg: 0, grey: false}").any())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"blur: 1", "low-resolution: 2", "noise: [0, 5]", "jpeg: 50", "grey: true", "blocks: 0.1"})
    void eachKeyIsSomething(String yaml) {
        assertThat(read(yaml).any()).isTrue();
    }

    @Test
    void aNumberIsFixedAndAListIsFromWhereToWhere() {
        DegradeRecipe recipe = read("{noise: [5, 25.5], jpeg: 40}");

        assertThat(recipe.noise()).isEqualTo(new Range(5, 25.5));
        assertThat(recipe.jpeg()).isEqualTo(new Range(40, 40));
        assertThat(recipe.noise().at(0)).isEqualTo(5);
        assertThat(recipe.noise().at(1)).isEqualTo(25.5);
        assertThat(recipe.noise().at(0.5)).isEqualTo(15.25);
        assertThat(recipe.jpeg().at(0.7)).isEqualTo(40);
    }

    @Test
    void mistakesAreNamedWithTheirLine() {
        Complaint.of(() -> read("blur: 1\nnoise: [25, 5]"))
                .isEqualTo("mine.yaml:2: degrade.noise must go from the smaller to the larger number; found"
                        + " [25.0, 5.0].");
        Complaint.of(() -> read("noise: [5]")).startsWith("mine.yaml:1: degrade.noise must be a list of 2 numbers");
        Complaint.of(() -> read("noise: [5, 300]"))
                .startsWith("mine.yaml:1: degrade.noise must be")
                .contains("300");
        Complaint.of(() -> read("jpeg: 101")).contains("degrade.jpeg must be a number from 0 to 100; found '101'");
        Complaint.of(() -> read("noise: .nan")).contains("degrade.noise must be");
        Complaint.of(() -> read("blocks: {share: 1}")).contains("degrade.blocks must be");
        Complaint.of(() -> read("blocks: 0.95")).contains("degrade.blocks must be a number from 0 to 0.9");
        Complaint.of(() -> read("low-resolution: 1.5")).contains("degrade.low-resolution must be a whole number");
        Complaint.of(() -> read("\nnoize: 5"))
                .startsWith("mine.yaml:2: unknown key 'degrade.noize'. Did you mean 'degrade.noise'");
    }
}
