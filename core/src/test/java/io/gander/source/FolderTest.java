package io.gander.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gander.error.Complaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder(@TempDir Path fresh) {
        folder = fresh;
    }

    @Test
    void listsPicturesOfAllDepthsByTheOrderOfTheirPaths() throws IOException {
        for (String name : List.of("b.png", "a/z.webp", "a/b/c.TIFF", "a.jpg", "notes.txt", "a/.hidden.png")) {
            Pngs.save(folder.resolve(name), 0);
        }
        Pngs.save(folder.resolve(".thumbnails/t.png"), 0);

        Source source = Folder.open("data.path", folder, Items.WANTED);

        assertThat(Pngs.names(source)).containsExactly("a.jpg", "a/b/c.TIFF", "a/z.webp", "b.png");
        assertThat(source.count()).isEqualTo(4);
        assertThat(source.name()).isEqualTo(String.valueOf(folder.getFileName()));
    }

    @Test
    void theFolderThatAPictureLiesInIsItsClass() throws IOException {
        Pngs.save(folder.resolve("cats/a.png"), 0);
        Pngs.save(folder.resolve("pets/dogs/b.png"), 0);
        Pngs.save(folder.resolve("c.png"), 0);

        assertThat(Items.of(Folder.open("data.path", folder, Items.WANTED)).stream()
                        .map(item -> String.valueOf(item.label())))
                .containsExactly("null", "cats", "dogs");
    }

    @Test
    void decodesWhatItListed() throws Exception {
        Pngs.save(folder.resolve("red.png"), 0xFF0000);

        byte[] pixels = Items.picture(
                        Items.of(Folder.open("data.path", folder, Items.WANTED)).get(0))
                .pixels();

        assertThat(pixels).startsWith(255, 0, 0).hasSize(4 * 4 * 3);
    }

    @Test
    void followsLinksAndIsNotCaughtInACircle() throws IOException {
        Pngs.save(folder.resolve("set/a.png"), 0);
        Path set = folder.resolve("set");
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Pngs.save(elsewhere.resolve("b.png"), 0);
        Files.createSymbolicLink(set.resolve("linked"), elsewhere);
        Files.createSymbolicLink(set.resolve("circle"), set);
        Files.createSymbolicLink(set.resolve("nowhere.png"), folder.resolve("gone.png"));

        List<Item> items = Items.of(Folder.open("data.path", set, Items.WANTED));

        assertThat(items.stream().map(Item::name)).containsExactly("a.png", "linked/b.png", "nowhere.png");
        assertThatThrownBy(() -> Items.pictures(items.get(2))).hasMessage("does not exist");
    }

    @Test
    void aFileThatGoesAwayOrLosesItsRightsIsBroken() throws IOException {
        Pngs.save(folder.resolve("a.png"), 0);
        List<Item> items = Items.of(Folder.open("data.path", folder, Items.WANTED));
        Files.delete(folder.resolve("a.png"));

        assertThatThrownBy(() -> Items.pictures(items.get(0))).hasMessage("does not exist");
    }

    @Test
    void saysWhatMustStayTheSame() throws IOException {
        Pngs.save(folder.resolve("a.png"), 0);
        Pngs.save(folder.resolve("b.png"), 0);
        List<String> before = Items.identity(Folder.open("data.path", folder, Items.WANTED));
        assertThat(Items.identity(Folder.open("data.path", folder, Items.WANTED)))
                .isEqualTo(before);

        Files.setLastModifiedTime(folder.resolve("b.png"), FileTime.fromMillis(12345));
        assertThat(Items.identity(Folder.open("data.path", folder, Items.WANTED)))
                .isNotEqualTo(before);
        Files.move(folder.resolve("a.png"), folder.resolve("c.png"));
        assertThat(Items.identity(Folder.open("data.path", folder, Items.WANTED)))
                .contains("c.png")
                .doesNotContain("a.png");
    }

    @Test
    void aSubfolderThatMayNotBeListedIsABrokenExample() throws IOException {
        Pngs.save(folder.resolve("a.png"), 0);
        Path secret = Files.createDirectory(folder.resolve("secret"));
        assumeThat(secret.toFile().setReadable(false)).isTrue();
        assumeThat(Files.isReadable(secret)).as("root may read everything").isFalse();

        assertThat(Pngs.names(Folder.open("data.path", folder, Items.WANTED))).containsExactly("a.png", "secret");
    }

    /** Systems keep such folders on every disk. */
    @Test
    void aHiddenSubfolderThatMayNotBeListedIsNoExample() throws IOException {
        Pngs.save(folder.resolve("a.png"), 0);
        Path hidden = Files.createDirectory(folder.resolve(".Trashes"));
        assumeThat(hidden.toFile().setReadable(false)).isTrue();
        assumeThat(Files.isReadable(hidden)).as("root may read everything").isFalse();

        assertThat(Pngs.names(Folder.open("data.path", folder, Items.WANTED))).containsExactly("a.png");
    }

    @Test
    void whatATrainingWroteIsNoData() throws IOException {
        Pngs.save(folder.resolve("a.png"), 0);
        Pngs.save(folder.resolve("run/samples/step-1.png"), 0);
        Files.writeString(folder.resolve("run/recipe.yaml"), "");
        Files.writeString(folder.resolve("run/provenance.json"), "{}");

        assertThat(Pngs.names(Folder.open("data.path", folder, Items.WANTED))).containsExactly("a.png");
        Complaint.of(() -> Folder.open("data.path", folder.resolve("run"), Items.WANTED))
                .contains("no picture below");
    }

    @Test
    void aFolderWithoutPicturesIsAMistake() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "nothing here");

        Complaint.of(() -> Folder.open("data.path", folder, Items.WANTED))
                .contains("no picture below")
                .contains(".webp");
    }
}
