package io.gander.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.Complaint;
import io.gander.game.StandardCatalogue;
import io.gander.modality.Image;
import io.gander.modality.Point;
import io.gander.recipe.DataRecipe.Pairs;
import org.junit.jupiter.api.Test;

class DataRecipeTest {
    @Test
    void aNamedSetKnowsItsOwnShape() {
        DataRecipe mnist = read("name: mnist");
        assertThat(image(mnist).size()).isEqualTo(28);
        assertThat(image(mnist).channels()).isEqualTo(1);
        assertThat(read("{name: mnist, size: 28, channels: 1}")).isEqualTo(mnist);
        assertThat(read("name: horse2zebra").pairs()).isEqualTo(Pairs.UNPAIRED);
    }

    @Test
    void aNamedSetMayBeResizedAndColoured() {
        DataRecipe large = read("{name: mnist, size: 32, channels: 3}");
        assertThat(image(large).size()).isEqualTo(32);
        assertThat(image(large).channels()).isEqualTo(3);
        assertThat(image(large).loadSize()).isEqualTo(32);
    }

    @Test
    void aNamedSetTakesNoPathAndNoOtherPairs() {
        Complaint.of(() -> read("name: mnist\npath: photos"))
                .startsWith("mine.yaml:2: data.path: mnist is found by its name");
        Complaint.of(() -> read("name: facades\npairs: unpaired"))
                .startsWith("mine.yaml:2: data.pairs: facades comes as 'side-by-side'");
    }

    @Test
    void filesAreOf64PixelsInColourUnlessTheRecipeSaysOtherwise() {
        DataRecipe photos = read("{path: 'my photos/猫'}");
        assertThat(photos.name()).isEqualTo(DataName.FILES);
        assertThat(photos.path()).isEqualTo("my photos/猫");
        assertThat(image(photos).size()).isEqualTo(64);
        assertThat(image(photos).channels()).isEqualTo(3);
        assertThat(photos.maxBroken()).isEqualTo(5);
    }

    @Test
    void aSecondFolderIsForPairs() {
        assertThat(read("{path: a, second: b, pairs: by-name}").second()).isEqualTo("b");
        Complaint.of(() -> read("path: a\nsecond: b")).startsWith("mine.yaml:2: data.second: a second folder is for");
    }

    @Test
    void picturesAreLoadedAtLeastAsLargeAsTheyAreUsed() {
        assertThat(image(read("{path: a, size: 256, load-size: 286}")).loadSize())
                .isEqualTo(286);
        assertThat(image(read("{path: a, size: 64, load-size: 112%}")).loadSize())
                .isEqualTo(72);
        Complaint.of(() -> read("path: a\nsize: 64\nload-size: 90%")).contains("such as 112%");
        Complaint.of(() -> read("path: a\nsize: 64\nload-size: x%")).contains("such as 112%");
        Complaint.of(() -> read("path: a\nsize: 64\nload-size: 32")).contains("data.load-size must be");
    }

    @Test
    void picturesAreGreyOrColour() {
        Complaint.of(() -> read("path: a\nchannels: 2"))
                .isEqualTo("mine.yaml:2: data.channels must be 1 (grey) or 3 (colour); found 2.");
        Complaint.of(() -> read("path: a\nchannels: 4")).contains("from 1 to 3; found '4'");
    }

    @Test
    void theNameIsOneOfTheKnownOnes() {
        Complaint.of(() -> read("name: mnits")).contains("data.name is 'mnits'. Did you mean 'mnist'");
    }

    @Test
    void tilesAndWhatIsHeldOutHaveLimits() {
        DataRecipe plain = read("path: a");
        assertThat(image(plain).tiles()).isZero();
        assertThat(plain.heldOut()).isZero();
        DataRecipe recipe = read("{path: a, tiles: 6, held-out: 12.5}");
        assertThat(image(recipe).tiles()).isEqualTo(6);
        assertThat(recipe.heldOut()).isEqualTo(12.5);
        Complaint.of(() -> read("path: a\ntiles: 65"))
                .startsWith("mine.yaml:2: data.tiles must be a whole number from 0 to 64; found '65'");
        Complaint.of(() -> read("path: a\nheld-out: 91"))
                .startsWith("mine.yaml:2: data.held-out must be a number from 0 to 90; found '91'");
    }

    @Test
    void onlyPairsHaveADirection() {
        assertThat(read("{path: a, pairs: side-by-side}").direction()).isEqualTo(DataRecipe.Direction.A_TO_B);
        assertThat(read("{path: a, pairs: side-by-side, direction: b-to-a}").direction())
                .isEqualTo(DataRecipe.Direction.B_TO_A);
        Complaint.of(() -> read("path: a\ndirection: b-to-a")).startsWith("mine.yaml:2: unknown key 'data.direction'.");
        Complaint.of(() -> read("path: a\npairs: side-by-side\ndirection: b-a"))
                .startsWith("mine.yaml:3: data.direction is 'b-a'.");
    }

    @Test
    void theKindIsTheSetsOwnAndElseOneOfTheKnownOnes() {
        assertThat(read("path: a").kind()).isInstanceOf(Image.class);
        assertThat(read("name: ring").kind()).isEqualTo(new Point());
        assertThat(read("name: ring\nkind: point")).isEqualTo(read("name: ring"));
        Complaint.of(() -> read("path: a\nkind: imgae"))
                .isEqualTo("mine.yaml:2: data.kind is 'imgae'. Did you mean 'image'?");
        Complaint.of(() -> read("path: a\nkind: smell")).endsWith("Known: image, point, voxel.");
        Complaint.of(() -> read("path: a\nkind: point")).contains("data.kind is 'point': set data.name");
        Complaint.of(() -> read("name: mnist\nkind: point"))
                .startsWith("mine.yaml:2: data.kind: mnist holds data of the kind 'image'");
    }

    @Test
    void aKindHasKeysOfItsOwn() {
        Complaint.of(() -> read("name: ring\nsize: 64")).startsWith("mine.yaml:2: unknown key 'data.size'.");
        Complaint.of(() -> read("name: points\npath: a\npairs: by-name"))
                .startsWith("mine.yaml:3: data.pairs: points of the plane are not pairs");
    }

    private static Image image(DataRecipe recipe) {
        return Image.of(recipe);
    }

    private static DataRecipe read(String yaml) {
        return DataRecipe.read(new Section("data", Setting.parse(yaml, "mine.yaml")), StandardCatalogue.INSTANCE);
    }
}
