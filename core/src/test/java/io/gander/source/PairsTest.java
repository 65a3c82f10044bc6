package io.gander.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.error.Complaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairsTest {
    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder(@TempDir Path fresh) {
        folder = fresh;
    }

    @Test
    void equalNamesInTwoFoldersArePairsWhateverTheirEndings() throws Exception {
        Pngs.save(folder.resolve("day/b.png"), 0xFF0000);
        Pngs.save(folder.resolve("day/x/a.png"), 0x00FF00);
        Pngs.save(folder.resolve("night/b.bmp"), 0x0000FF);
        Pngs.save(folder.resolve("night/x/a.png"), 0xFFFFFF);

        Source pairs = Sources.byName(
                "data.path", folder.resolve("day"), "data.second", folder.resolve("night"), Items.WANTED);
        List<Item> items = Items.of(pairs);

        assertThat(items.stream().map(Item::name)).containsExactly("b.png", "x/a.png");
        assertThat(Items.pictures(items.get(0)).get(0).pixels()).startsWith(255, 0, 0);
        assertThat(Items.pictures(items.get(0)).get(1).pixels()).startsWith(0, 0, 255);
        assertThat(pairs.name()).isEqualTo("day + night");
        assertThat(pairs.count()).isEqualTo(2);
    }

    @Test
    void whatHasNoPartnerIsBroken() throws IOException {
        Pngs.save(folder.resolve("day/a.png"), 0);
        Pngs.save(folder.resolve("day/b.png"), 0);
        Pngs.save(folder.resolve("night/b.png"), 0);
        Pngs.save(folder.resolve("night/c.png"), 0);

        List<Item> items = Items.of(Sources.byName(
                "data.path", folder.resolve("day"), "data.second", folder.resolve("night"), Items.WANTED));

        assertThat(items).hasSize(3);
        assertThatThrownBy(() -> Items.pictures(items.get(0))).hasMessage("has no partner in the second folder");
        assertThatThrownBy(() -> Items.pictures(items.get(2))).hasMessage("has no partner in the first folder");
    }

    @Test
    void foldersWithoutACommonNameAreAMistake() throws IOException {
        Pngs.save(folder.resolve("day/a.png"), 0);
        Pngs.save(folder.resolve("night/b.png"), 0);

        Complaint.of(() -> Sources.byName(
                        "data.path", folder.resolve("day"), "data.second", folder.resolve("night"), Items.WANTED))
                .startsWith("data.second: no file in 'night'")
                .contains("unpaired");
        Complaint.of(() -> Sources.byName(
                        "data.path", folder.resolve("day"), "data.second", folder.resolve("dusk"), Items.WANTED))
                .startsWith("data.second: ")
                .contains("is not a folder");
    }

    @Test
    void whereTheEndingsTellFilesApartTheyCount() throws Exception {
        Pngs.save(folder.resolve("day/a.jpg"), 0xFF0000);
        Pngs.save(folder.resolve("day/a.png"), 0x00FF00);
        Pngs.save(folder.resolve("day/b.jpg"), 0);
        Pngs.save(folder.resolve("night/a.png"), 0x0000FF);
        Pngs.save(folder.resolve("night/b.png"), 0);

        List<Item> items = Items.of(Sources.byName(
                "data.path", folder.resolve("day"), "data.second", folder.resolve("night"), Items.WANTED));

        assertThat(items.stream().map(Item::name)).containsExactly("a.jpg", "a.png", "b.jpg");
        assertThatThrownBy(() -> Items.pictures(items.get(0))).hasMessage("has no partner in the second folder");
        assertThat(Items.pictures(items.get(1)).get(0).pixels()).startsWith(0, 255, 0);
        assertThat(Items.pictures(items.get(1)).get(1).pixels()).startsWith(0, 0, 255);
        assertThat(Items.pictures(items.get(2))).hasSize(2);
    }

    @Test
    void partnersElsewhereAreOtherDataHoweverAlikeTheirFilesAre() throws IOException {
        for (String place : List.of("day", "x/night", "y/night")) {
            Pngs.save(folder.resolve(place).resolve("a.png"), 0);
            Files.setLastModifiedTime(folder.resolve(place).resolve("a.png"), FileTime.fromMillis(12345));
        }

        assertThat(Items.identity(Sources.byName(
                        "data.path", folder.resolve("day"), "data.second", folder.resolve("x/night"), Items.WANTED)))
                .isNotEqualTo(Items.identity(Sources.byName(
                        "data.path", folder.resolve("day"), "data.second", folder.resolve("y/night"), Items.WANTED)));
    }
}
