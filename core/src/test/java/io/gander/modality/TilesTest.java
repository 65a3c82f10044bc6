package io.gander.modality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.data.DataListener;
import io.gander.data.Dataset;
import io.gander.data.Datasets;
import io.gander.error.BrokenExample;
import io.gander.error.Complaint;
import io.gander.game.StandardCatalogue;
import io.gander.image.Bitmap;
import io.gander.image.Resize;
import io.gander.recipe.Recipe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Squares cut from pictures at their own scale, from the preparation to the data set. */
class TilesTest {
    private Path folder = Path.of("");
    private String before = "";

    @BeforeEach
    void useAFreshCache(@TempDir Path fresh) {
        folder = fresh;
        before = System.getProperty("gander.cache", "");
        System.setProperty("gander.cache", fresh.resolve("cache").toString());
    }

    @AfterEach
    void putBack() {
        if (before.isEmpty()) {
            System.clearProperty("gander.cache");
        } else {
            System.setProperty("gander.cache", before);
        }
    }

    /** A picture whose red says the column, whose green says the row. */
    private static Bitmap places(int width, int height) {
        byte[] pixels = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            pixels[3 * i] = (byte) (i % width);
            pixels[3 * i + 1] = (byte) (i / width);
        }
        return new Bitmap(pixels, 3, height, width);
    }

    /** Where the tiles begin: "x,y". */
    private static List<String> corners(int tiles, int side, int width, int height) {
        byte[] planes = new Preparation(1, 3, side, Resize.LANCZOS, tiles).apply(List.of(places(width, height)));
        int bytes = 3 * side * side;
        List<String> corners = new ArrayList<>();
        for (int tile = 0; tile < tiles; tile++) {
            int x = planes[tile * bytes] & 255;
            int y = planes[tile * bytes + side * side] & 255;
            int last = tile * bytes + side * side - 1;
            assertThat(planes[last] & 255).as("at its own scale").isEqualTo(x + side - 1);
            assertThat(planes[last + side * side] & 255).isEqualTo(y + side - 1);
            corners.add(x + "," + y);
        }
        return corners;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1; 120; 80; 52,32",
                "4; 100; 100; 0,0 84,0 0,84 84,84",
                "6; 150; 100; 0,0 67,0 134,0 0,84 67,84 134,84",
                "6; 100; 150; 0,0 84,0 0,67 84,67 0,134 84,134",
                "3; 200; 60; 0,22 92,22 184,22",
                "3; 60; 200; 22,0 22,92 22,184",
                "4; 16; 16; 0,0 0,0 0,0 0,0"
            })
    void liesInRowsThatReachTheCorners(int tiles, int width, int height, String expected) {
        assertThat(corners(tiles, 16, width, height)).containsExactly(expected.split(" "));
    }

    @Test
    void theTilesOfAPairBelongTogether() {
        Bitmap one = places(40, 40);
        Bitmap grey = new Bitmap(one.pixels().clone(), 3, 40, 40);
        byte[] planes = new Preparation(2, 3, 16, Resize.BOX, 4).apply(List.of(one, grey));

        for (int example = 0; example < 4; example++) {
            for (int i = 0; i < 768; i++) {
                assertThat(planes[example * 1536 + i]).isEqualTo(planes[example * 1536 + 768 + i]);
            }
        }
    }

    @Test
    void aPictureSmallerThanATileIsBrokenSinceTilesAreNotEnlarged() throws BrokenExample {
        Preparation tiles = new Preparation(1, 3, 16, Resize.BOX, 4);
        Preparation whole = new Preparation(1, 3, 16, Resize.BOX, 0);

        assertThatThrownBy(() -> tiles.check(List.of(places(40, 15))))
                .isInstanceOf(BrokenExample.class)
                .hasMessage("has 40×15 pixels, too few for 16×16");
        tiles.check(List.of(places(40, 16)));
        whole.check(List.of(places(40, 15)));
        assertThatThrownBy(() -> whole.check(List.of(places(40, 3)))).isInstanceOf(BrokenExample.class);
    }

    @Test
    void pairsOfTwoSizesAreBrokenSinceTheirTilesWouldShowDifferentPlaces() {
        List<Bitmap> pair = List.of(places(40, 30), places(80, 60));
        assertThatThrownBy(() -> new Preparation(2, 3, 10, Resize.LANCZOS, 4).check(pair))
                .isInstanceOf(BrokenExample.class)
                .hasMessageContainingAll("40×30", "80×60", "data.tiles");
        assertThatCode(() -> new Preparation(2, 3, 10, Resize.LANCZOS, 0).check(pair))
                .doesNotThrowAnyException();
    }

    @Test
    void eachTileIsAnExampleOfTheSet() throws IOException {
        save("a.png", places(60, 40));
        save("b.png", places(40, 40));
        Dataset set = open(recipe());

        assertThat(set.count()).isEqualTo(12);
        assertThat(set.parts()).isEqualTo(6);
        assertThat(set.codec().bytes()).isEqualTo(3 * 256);
        byte[] tile = new byte[3 * 256];
        List<String> corners = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            set.read(i, tile, 0);
            corners.add((tile[0] & 255) + "," + (tile[256] & 255));
        }
        assertThat(corners).containsExactly("0,0", "22,0", "44,0", "0,24", "22,24", "44,24");
        assertThat(open(recipe()).fingerprint()).isEqualTo(set.fingerprint());
        assertThat(open(recipe().with("data.tiles", 4)).count()).isEqualTo(8);
    }

    /** One of four pictures is a quarter, however many tiles the others are cut into. */
    @Test
    void theShareOfBrokenPicturesIsThatOfPictures() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            save(name + ".png", places(60, 40));
        }
        save("d.png", places(60, 8));

        Complaint.of(() -> open(recipe().with("data.max-broken", 24)))
                .startsWith("1 of 4 examples in")
                .contains("25.0 %")
                .contains("d.png has 60×8 pixels, too few for 16×16");
        assertThat(open(recipe().with("data.max-broken", 26)).count()).isEqualTo(18);
    }

    private void save(String name, Bitmap picture) throws IOException {
        Path file = folder.resolve("pictures").resolve(name);
        Files.createDirectories(file.getParent());
        BufferedImage image = picture.toImage();
        ImageIO.write(image, "png", file.toFile());
    }

    private Recipe recipe() {
        return Recipe.parse("tiny", """
                data: {size: 16, tiles: 6}
                generator: {architecture: mlp}
                discriminator: {architecture: mlp}
                train: {steps: 1}
                """, "tiny.yaml", StandardCatalogue.INSTANCE)
                .with("data.path", Recipe.quoted(folder.resolve("pictures").toString()));
    }

    private static Dataset open(Recipe recipe) {
        return Datasets.open(recipe.data(), DataListener.SILENT, () -> false);
    }
}
