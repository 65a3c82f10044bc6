package io.gander.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Gander;
import io.gander.Tiny;
import io.gander.error.BrokenExample;
import io.gander.recipe.DataRecipe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCheckTest {
    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder(@TempDir Path fresh) {
        folder = fresh;
    }

    @Test
    void tellsWhatIsThereAndWhatIsBrokenAndWhy() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 30; i++) {
            save("cats/" + i + ".png", 64 + i, 80 + i, random.nextLong());
        }
        for (int i = 0; i < 10; i++) {
            save("dogs/" + i + ".png", 100, 100, random.nextLong());
        }
        Files.copy(folder.resolve("cats/7.png"), folder.resolve("dogs/copy.png"));
        Files.copy(folder.resolve("cats/7.png"), folder.resolve("dogs/copy2.png"));
        byte[] whole = Files.readAllBytes(folder.resolve("cats/1.png"));
        Files.write(folder.resolve("dogs/cut.png"), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(folder.resolve("dogs/text.jpg"), "not a picture at all");
        save("dogs/icon.png", 5, 5, 1);

        DataCheck.Report report = check(recipe()).report();

        assertThat(report.examples()).isEqualTo(45);
        assertThat(report.usable()).isEqualTo(42);
        assertThat(report.formats()).isEqualTo(Map.of("png", 44, "jpg", 1));
        assertThat(report.classes()).isEqualTo(Map.of("cats", 30, "dogs", 15));
        assertThat(report.shorterSide()).containsExactly(64, 83, 100);
        assertThat(report.colour()).isEqualTo(42);
        assertThat(report.broken())
                .extracting(Broken::name)
                .containsExactly("dogs/cut.png", "dogs/icon.png", "dogs/text.jpg");
        assertThat(report.broken())
                .extracting(Broken::kind)
                .containsExactly(
                        BrokenExample.Kind.TRUNCATED, BrokenExample.Kind.TOO_SMALL, BrokenExample.Kind.UNKNOWN_FORMAT);
        assertThat(report.duplicates())
                .containsExactly(
                        new DataCheck.Duplicate("dogs/copy.png", "cats/7.png"),
                        new DataCheck.Duplicate("dogs/copy2.png", "cats/7.png"));
        assertThat(report.brokenPercent()).isEqualTo(100.0 * 3 / 45);
    }

    @Test
    void drawsASheetFromAllPartsOfTheSet() throws IOException {
        for (int i = 0; i < 300; i++) {
            plain(String.format("%03d.png", i), i < 150 ? 0xFF0000 : 0x0000FF);
        }

        BufferedImage sheet = Objects.requireNonNull(check(recipe()).sheet());

        assertThat(sheet.getWidth()).isEqualTo(sheet.getHeight()).isEqualTo(8 * 98 + 2);
        assertThat(sheet.getRGB(50, 50) & 0xFFFFFF).isEqualTo(0xFF0000);
        assertThat(sheet.getRGB(740, 740) & 0xFFFFFF).isEqualTo(0x0000FF);
    }

    @Test
    void theSheetHasOfEveryKindInWhateverOrderTheyLie() throws IOException {
        for (int i = 0; i < 200; i++) {
            plain(String.format("%03d.png", i), i % 2 == 0 ? 0xFF0000 : 0x0000FF);
        }
        BufferedImage sheet = Objects.requireNonNull(check(recipe()).sheet());
        int red = 0;
        for (int i = 0; i < 64; i++) {
            red += (sheet.getRGB(50 + 98 * (i % 8), 50 + 98 * (i / 8)) & 0xFFFFFF) == 0xFF0000 ? 1 : 0;
        }
        assertThat(red).isBetween(16, 48);
    }

    @Test
    void seesPairsSideBySide() throws IOException {
        for (int i = 0; i < 4; i++) {
            save(i + ".png", 128, 64, i);
        }

        assertThat(check(recipe()).report().twiceAsWide()).isEqualTo(4);
        DataRecipe pairs = Gander.recipe("dcgan-64")
                .with("data.path", Tiny.quoted(folder.toString()))
                .with("data.pairs", "side-by-side")
                .data();
        DataCheck.Result result = check(pairs);
        assertThat(result.report().usable()).isEqualTo(4);
        assertThat(result.sheet()).isNotNull();
    }

    @Test
    void aSetWithoutUsablePicturesHasNoSheet() throws IOException {
        Files.writeString(folder.resolve("a.png"), "no");

        DataCheck.Result result = check(recipe());

        assertThat(result.sheet()).isNull();
        assertThat(result.report().usable()).isZero();
        assertThat(result.report().shorterSide()).isEmpty();
    }

    private DataRecipe recipe() {
        return Gander.recipe("dcgan-64")
                .with("data.path", Tiny.quoted(folder.toString()))
                .data();
    }

    private static DataCheck.Result check(DataRecipe recipe) throws IOException {
        return DataCheck.run(recipe, DataListener.SILENT, () -> false);
    }

    private void save(String name, int width, int height, long seed) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, random.nextInt());
        }
        write(name, image);
    }

    private void plain(String name, int rgb) throws IOException {
        BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 400; i++) {
            image.setRGB(i % 20, i / 20, rgb);
        }
        write(name, image);
    }

    private void write(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        ImageIO.write(image, "png", file.toFile());
    }
}
