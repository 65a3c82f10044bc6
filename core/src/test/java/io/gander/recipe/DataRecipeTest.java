package io.gander.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.Complaint;
import io.gander.recipe.DataRecipe.Source;
import org.junit.jupiter.api.Test;

class DataRecipeTest {
    @Test
    void mnistKnowsItsOwnShape() {
        assertThat(read("name: mnist")).isEqualTo(new DataRecipe(Source.MNIST, "", 28, 1));
        assertThat(read("{name: mnist, size: 28, channels: 1}")).isEqualTo(read("name: mnist"));
    }

    @Test
    void mnistTakesNoOtherShape() {
        Complaint.of(() -> read("name: mnist\nsize: 32")).startsWith("mine.yaml:2: data.size: MNIST is 28×28");
        Complaint.of(() -> read("name: mnist\nchannels: 3")).startsWith("mine.yaml:2: data.channels: MNIST is");
        Complaint.of(() -> read("name: mnist\npath: photos")).contains("data.path: MNIST comes with Gander");
    }

    @Test
    void aFolderIsOf64PixelsInColourUnlessItSaysOtherwise() {
        assertThat(read("{name: folder, path: 'my photos/猫'}"))
                .isEqualTo(new DataRecipe(Source.FOLDER, "my photos/猫", 64, 3));
        assertThat(read("{name: folder, size: 32, channels: 1}")).isEqualTo(new DataRecipe(Source.FOLDER, "", 32, 1));
    }

    @Test
    void picturesAreGreyOrColour() {
        Complaint.of(() -> read("name: folder\nchannels: 2"))
                .isEqualTo("mine.yaml:2: data.channels must be 1 (grey) or 3 (colour); found 2.");
        Complaint.of(() -> read("name: folder\nchannels: 4")).contains("from 1 to 3; found '4'");
    }

    @Test
    void theNameIsOneOfTheKnownOnes() {
        Complaint.of(() -> read("name: mnits")).contains("data.name is 'mnits'. Did you mean 'mnist'?");
        Complaint.of(() -> read("size: 28")).contains("'data.name' is missing");
    }

    private static DataRecipe read(String yaml) {
        return DataRecipe.read(new Section("data", Setting.parse(yaml, "mine.yaml")));
    }
}
