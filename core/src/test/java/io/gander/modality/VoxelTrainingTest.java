package io.gander.modality;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Gander;
import io.gander.generate.Generator;
import io.gander.generate.SampleFiles;
import io.gander.generate.Weights;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import io.gander.tensor.Scope;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe for chairs on boxes of 8×8×8, small: that it learns, and what is written. */
class VoxelTrainingTest {
    private static final int SIZE = 8;
    private static final int VOXELS = SIZE * SIZE * SIZE;
    private static final int COUNT = 24;
    private static final int STEPS = 80;
    private static final int SAMPLES = 64;

    private final Path folder;

    VoxelTrainingTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Recipe recipe(byte[] boxes) throws IOException {
        Path data =
                Files.write(folder.resolve("boxes.npy"), Solids.npy("|u1", List.of(COUNT, SIZE, SIZE, SIZE), boxes));
        return Gander.recipe("chairs-32")
                .with("data.path", Recipe.quoted(data.toString()))
                .with("data.size", SIZE)
                .with("generator.latent", 8)
                .with("generator.width", 8)
                .with("discriminator.width", 8)
                .with("train.steps", STEPS)
                .with("train.batch", 16)
                .with("train.ema", 0.9)
                .with("train.threads", 1)
                .with("train.generator.lr", 2e-3)
                .with("train.discriminator.lr", 2e-3)
                .with("train.keep-checkpoints", 9)
                .with("train.checkpoint-every", STEPS);
    }

    @Test
    void boxesAreLearntAndWritten() throws IOException {
        byte[] boxes = Solids.boxes(COUNT, SIZE);
        Path path = Gander.train(recipe(boxes), folder.resolve("run")).run();
        RunDirectory run = RunDirectory.open(path);
        double before;
        try (Generator untrained = Generator.open(run, Weights.NEWEST.at(0))) {
            before = distance(mean(untrained), mean(boxes));
        }
        try (Generator generator = Gander.open(path)) {
            assertThat(distance(mean(generator), mean(boxes)))
                    .as("from the boxes' mean to the samples', before it was %.3f", before)
                    .isLessThan(0.5 * before);
            assertThat(generator.codec()).isInstanceOf(Voxel.class);
            assertThat(generator.values(3, 0)).hasSize(VOXELS);
            List<BufferedImage> pictures = generator.images(3, 3);
            assertThat(pictures).hasSize(3);
            write(new SampleFiles(generator, 3, true));
        }
        assertThat(path.resolve("samples")).isNotEmptyDirectory();
        assertThat(Files.readString(path.resolve("codec.json"))).contains("\"shape\"");
    }

    private void write(SampleFiles files) throws IOException {
        for (Codec.Format format : files.generator().codec().formats()) {
            Path many = folder.resolve(format.ending());
            files.each(many, format, 2, Generator.ANY);
            assertThat(many.resolve("000001." + format.ending())).isNotEmptyFile();
            Path one = folder.resolve("one." + format.ending());
            files.together(one, format, 1, Generator.ANY);
            if (!format.ending().equals("glb")) { // which says "samples 0 to 0" of itself
                assertThat(one).hasSameBinaryContentAs(many.resolve("000000." + format.ending()));
            }
        }
        assertThat(Files.readString(folder.resolve("glb/000001.glb"), StandardCharsets.ISO_8859_1))
                .contains("seed 3");
        files.sheet(folder.resolve("sheet.png"), 9, Generator.ANY);
        assertThat(folder.resolve("sheet.png")).isNotEmptyFile();
    }

    private static double[] mean(byte[] boxes) {
        double[] mean = new double[VOXELS];
        for (int i = 0; i < boxes.length; i++) {
            mean[i % VOXELS] += (double) boxes[i] / COUNT;
        }
        return mean;
    }

    private static double[] mean(Generator generator) {
        double[] mean = new double[VOXELS];
        try (Scope scope = Scope.open()) {
            float[] made = generator.samples(0, SAMPLES, 5).toArray();
            for (int i = 0; i < made.length; i++) {
                mean[i % VOXELS] += made[i] / SAMPLES;
            }
        }
        assertThat(Arrays.stream(mean)).allMatch(occupancy -> occupancy >= 0 && occupancy <= 1);
        return mean;
    }

    /** The mean difference of a voxel. */
    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < VOXELS; i++) {
            sum += Math.abs(a[i] - b[i]) / VOXELS;
        }
        return sum;
    }
}
