package io.gander.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.error.Complaint;
import io.gander.image.Bitmap;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairsTest {
    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder(@TempDir Path fresh) {
        folder = fresh;
    }

    @Test
    void theHalvesOfAPictureAreAPair() throws Exception {
        BufferedImage both = new BufferedImage(7, 3, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 21; i++) {
            both.setRGB(i % 7, i / 7, i % 7 < 3 ? 0xFF0000 : i % 7 < 6 ? 0x00FF00 : 0x0000FF);
        }
        Files.write(folder.resolve("a.png"), Pngs.png(both));

        List<Bitmap> pair = Items.of(Sources.sideBySide(Folder.open("data.path", folder)))
                .get(0)
                .pictures(0);

        assertThat(pair).hasSize(2).allSatisfy(half -> {
            assertThat(half.width()).isEqualTo(3);
            assertThat(half.height()).isEqualTo(3);
        });
        assertThat(pair.get(0).pixels()).startsWith(255, 0, 0);
        assertThat(pair.get(1).pixels()).startsWith(0, 255, 0);
    }

    /** Such as a folder of photographs that was taken for pairs. */
    @ParameterizedTest
    @CsvSource({"1, 3", "64, 64"})
    void aPictureThatIsNotWiderThanHighIsNoPair(int width, int height) throws IOException {
        Files.write(folder.resolve("a.png"), Pngs.plain(width, height, 0));

        assertThatThrownBy(() -> Items.of(Sources.sideBySide(Folder.open("data.path", folder)))
                        .get(0)
                        .pictures(0))
                .hasMessageContaining("is not wider than high")
                .hasMessageContaining("data.pairs=by-name");
    }

    @Test
    void equalNamesInTwoFoldersArePairsWhateverTheirEndings() throws Exception {
        Pngs.save(folder.resolve("day/b.png"), 0xFF0000);
        Pngs.save(folder.resolve("day/x/a.png"), 0x00FF00);
        Pngs.save(folder.resolve("night/b.bmp"), 0x0000FF);
        Pngs.save(folder.resolve("night/x/a.png"), 0xFFFFFF);

        Source pairs = Sources.byName("data.path", folder.resolve("day"), "data.second", folder.resolve("night"));
        List<Item> items = Items.of(pairs);

        assertThat(items.stream().map(Item::name)).containsExactly("b.png", "x/a.png");
        assertThat(items.get(0).pictures(0).get(0).pixels()).startsWith(255, 0, 0);
        assertThat(items.get(0).pictures(0).get(1).pixels()).startsWith(0, 0, 255);
        assertThat(pairs.name()).isEqualTo("day + night");
        assertThat(pairs.count()).isEqualTo(2);
    }

    @Test
    void whatHasNoPartnerIsBroken() throws IOException {
        Pngs.save(folder.resolve("day/a.png"), 0);
        Pngs.save(folder.resolve("day/b.png"), 0);
        Pngs.save(folder.resolve("night/b.png"), 0);
        Pngs.save(folder.resolve("night/c.png"), 0);

        List<Item> items =
                Items.of(Sources.byName("data.path", folder.resolve("day"), "data.second", folder.resolve("night")));

        assertThat(items).hasSize(3);
        assertThatThrownBy(() -> items.get(0).pictures(0)).hasMessage("has no partner in the second folder");
        assertThatThrownBy(() -> items.get(2).pictures(0)).hasMessage("has no partner in the first folder");
    }

    @Test
    void foldersWithoutACommonNameAreAMistake() throws IOException {
        Pngs.save(folder.resolve("day/a.png"), 0);
        Pngs.save(folder.resolve("night/b.png"), 0);

        Complaint.of(() -> Sources.byName("data.path", folder.resolve("day"), "data.second", folder.resolve("night")))
                .contains("not one file in 'day'")
                .contains("unpaired");
        Complaint.of(() -> Sources.byName("data.path", folder.resolve("day"), "data.second", folder.resolve("dusk")))
                .startsWith("data.second: ")
                .contains("is no folder");
    }

    @Test
    void whereTheEndingsTellFilesApartTheyCount() throws Exception {
        Pngs.save(folder.resolve("day/a.jpg"), 0xFF0000);
        Pngs.save(folder.resolve("day/a.png"), 0x00FF00);
        Pngs.save(folder.resolve("day/b.jpg"), 0);
        Pngs.save(folder.resolve("night/a.png"), 0x0000FF);
        Pngs.save(folder.resolve("night/b.png"), 0);

        List<Item> items =
                Items.of(Sources.byName("data.path", folder.resolve("day"), "data.second", folder.resolve("night")));

        assertThat(items.stream().map(Item::name)).containsExactly("a.jpg", "a.png", "b.jpg");
        assertThatThrownBy(() -> items.get(0).pictures(0)).hasMessage("has no partner in the second folder");
        assertThat(items.get(1).pictures(0).get(0).pixels()).startsWith(0, 255, 0);
        assertThat(items.get(1).pictures(0).get(1).pixels()).startsWith(0, 0, 255);
        assertThat(items.get(2).pictures(0)).hasSize(2);
    }

    @Test
    void partnersElsewhereAreOtherDataHoweverAlikeTheirFilesAre() throws IOException {
        for (String place : List.of("day", "x/night", "y/night")) {
            Pngs.save(folder.resolve(place).resolve("a.png"), 0);
            Files.setLastModifiedTime(folder.resolve(place).resolve("a.png"), FileTime.fromMillis(12345));
        }

        assertThat(Items.identity(
                        Sources.byName("data.path", folder.resolve("day"), "data.second", folder.resolve("x/night"))))
                .isNotEqualTo(Items.identity(
                        Sources.byName("data.path", folder.resolve("day"), "data.second", folder.resolve("y/night"))));
    }
}
