package io.gander.bench;

import io.gander.Gander;
import io.gander.data.DataListener;
import io.gander.data.Dataset;
import io.gander.data.Datasets;
import io.gander.data.Loader;
import io.gander.layer.Output;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Recipe;
import io.gander.tensor.Engine;
import io.gander.tensor.Scope;
import io.gander.train.Control;
import io.gander.train.Event;
import io.gander.train.TrainListener;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** What data costs. {@code bench/loading.sh} runs it, and tells what each part measures. */
public final class Loading {
    private static final int BATCH = 64;
    private static final int ROUNDS = 5;

    private Loading() {}

    public static void main(String[] arguments) throws Exception {
        Path path = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "make" -> make(path, Integer.parseInt(arguments[2]));
            case "first" -> first(path);
            case "speed" -> speed(path, Integer.parseInt(arguments[2]));
            case "million" -> million(path);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.exit(0);
    }

    private static Recipe recipe(Path path) {
        return Gander.recipe("dcgan-64").with("data.path", "'" + path + "'");
    }

    private static Dataset open(DataRecipe recipe) {
        return Datasets.open(recipe, DataListener.SILENT, () -> false);
    }

    /** Random blobs: PNG files of 64×64 pixels in colour. */
    private static void make(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        SplittableRandom random = new SplittableRandom(1);
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < count; i++) {
            double fx = random.nextDouble() / 5;
            double fy = random.nextDouble() / 5;
            int base = random.nextInt(1 << 24);
            for (int p = 0; p < 64 * 64; p++) {
                int wave = (int) (40 * Math.sin(fx * (p % 64) + fy * p / 64)) + random.nextInt(8);
                image.setRGB(p % 64, p / 64, base ^ (wave & 63) * 0x010101);
            }
            ImageIO.write(
                    image,
                    "png",
                    folder.resolve(String.format(Locale.ROOT, "%06d.png", i)).toFile());
        }
    }

    private static void first(Path folder) {
        Engine.load(); // training has done so before it asks for data
        long start = System.nanoTime();
        Dataset dataset = open(recipe(folder).data());
        double opened = seconds(start);
        try (Loader loader = new Loader(dataset, dataset.codec().within(Output.TANH), BATCH, 1);
                Scope scope = Scope.open()) {
            loader.batch(1);
            System.out.printf(
                    Locale.ROOT,
                    "%,d pictures: opened in %.2f s, first batch after %.2f s%n",
                    dataset.count(),
                    opened,
                    seconds(start));
        }
    }

    /** The loader alone, then the share of a training step that is spent waiting for it. */
    private static void speed(Path folder, int steps) throws IOException {
        Dataset dataset = open(recipe(folder).data());
        Recipe plain = recipe(folder);
        Recipe mirrored = plain.with("data.flip", true);
        Recipe coloured = mirrored.with("data.colour-jitter", 0.2);
        Dataset larger = open(coloured.with("data.load-size", 72).data());
        alone("64 px, plain", dataset);
        alone("64 px, mirrored", open(mirrored.data()));
        alone("64 px, mirrored, colour", open(coloured.data()));
        alone("64 of 72 px, mirrored, colour", larger);

        double step = trainingStep(folder, steps);
        double wait = waiting(dataset);
        double augmented = waiting(larger);
        System.out.printf(
                Locale.ROOT,
                "dcgan-64: a step takes %.1f ms (median of %d), %.0f images/s; a batch that was gathered ahead costs %.2f ms"
                        + " (%.2f %%), cropped, mirrored and coloured %.2f ms (%.2f %%)%n",
                1000 * step,
                steps,
                BATCH / step,
                1000 * wait,
                100 * wait / step,
                1000 * augmented,
                100 * augmented / step);
    }

    private static void alone(String name, Dataset dataset) {
        double[] rates = new double[ROUNDS];
        try (Loader loader = new Loader(dataset, dataset.codec().within(Output.TANH), BATCH, 1)) {
            long step = 0;
            for (int round = -1; round < ROUNDS; round++) {
                int batches = 500;
                long start = System.nanoTime();
                for (int i = 0; i < batches; i++) {
                    try (Scope scope = Scope.open()) {
                        loader.batch(++step);
                    }
                }
                if (round >= 0) {
                    rates[round] = batches * BATCH / seconds(start);
                }
            }
        }
        Arrays.sort(rates);
        System.out.printf(
                Locale.ROOT,
                "loader alone, %-30s %,9.0f images/s (%,.0f to %,.0f)%n",
                name + ":",
                rates[ROUNDS / 2],
                rates[0],
                rates[ROUNDS - 1]);
    }

    /** The median of a training step's seconds. */
    private static double trainingStep(Path folder, int steps) throws IOException {
        Recipe recipe = recipe(folder)
                .with("train.steps", steps)
                .with("train.sample-every", 1_000_000)
                .with("train.checkpoint-every", 1_000_000);
        double[] seconds = new double[steps];
        Gander.train(
                recipe, Files.createTempDirectory("gander-loading").resolve("run"), new Control(), new TrainListener() {
                    private long last = System.nanoTime();

                    @Override
                    public void on(Event event) {
                        if (event instanceof Event.Stepped stepped) {
                            seconds[(int) stepped.progress().step() - 1] = seconds(last);
                            last = System.nanoTime();
                        }
                    }
                });
        Arrays.sort(seconds);
        return seconds[steps / 2];
    }

    /** The median of the seconds that a batch costs the training's thread when the gatherer had time to get ready. */
    private static double waiting(Dataset dataset) throws IOException {
        double[] seconds = new double[200];
        try (Loader loader = new Loader(dataset, dataset.codec().within(Output.TANH), BATCH, 1)) {
            for (int i = 0; i < seconds.length; i++) {
                try (Scope scope = Scope.open()) {
                    long start = System.nanoTime();
                    loader.batch(i + 1L);
                    seconds[i] = seconds(start);
                    Thread.sleep(10);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }
        Arrays.sort(seconds);
        return seconds[seconds.length / 2];
    }

    /** A million grey pictures of 16×16 pixels: memory while they are decoded, and while an epoch of them is read. */
    private static void million(Path folder) throws IOException {
        Path file = folder.resolve("million.npy");
        int count = 1_000_000;
        writeNpy(file, count);
        Recipe recipe = Gander.recipe("dcgan-64")
                .with("data.path", "'" + file + "'")
                .with("data.size", 16)
                .with("data.channels", 1);
        long start = System.nanoTime();
        Dataset dataset = Datasets.open(
                recipe.data(),
                new DataListener() {
                    private long shown;

                    @Override
                    public void onPreparing(long done, long total) {
                        if (done >= shown) {
                            memory("decoded " + done);
                            shown += 200_000;
                        }
                    }
                },
                () -> false);
        System.out.printf(Locale.ROOT, "decoded %,d in %.1f s%n", dataset.count(), seconds(start));
        try (Loader loader = new Loader(dataset, dataset.codec().within(Output.TANH), 1000, 1)) {
            for (int step = 1; step <= 2 * count / 1000; step++) {
                try (Scope scope = Scope.open()) {
                    loader.batch(step);
                }
                if (step % 400 == 0) {
                    memory("read " + step * 1000L);
                }
            }
        }
    }

    private static void writeNpy(Path file, int count) throws IOException {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + count + ", 16, 16), }";
        header += " ".repeat(64 - (10 + header.length() + 1) % 64) + "\n";
        SplittableRandom random = new SplittableRandom(1);
        byte[] picture = new byte[256];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
            out.write(header.length() & 255);
            out.write(header.length() >> 8);
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < count; i++) {
                random.nextBytes(picture);
                out.write(picture);
            }
        }
    }

    /** The heap after a collection, and what the process holds beside files (Linux tells; file pages can go at any time). */
    private static void memory(String when) {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long heap = runtime.totalMemory() - runtime.freeMemory();
        String own = "?";
        try {
            own = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("RssAnon"))
                    .map(line -> line.replaceAll("\\s+", " "))
                    .findFirst()
                    .orElse("?");
        } catch (IOException e) {
            own = "unknown";
        }
        System.out.printf(Locale.ROOT, "  %-18s heap %6.1f MiB, %s%n", when, heap / 1048576.0, own);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
