package io.gander.bench;

import io.gander.error.BrokenExample;
import io.gander.image.Bitmap;
import io.gander.image.Decoder;
import io.gander.image.Resize;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a picture takes to decode, and to decode and resize to 64 pixels: Gander, Pillow and torchvision in turn, round by
 * round in one run, each on one thread, the files in memory. {@code bench/decode.sh} runs it.
 */
public final class Decode {
    private static final int SIDE = 64;
    private static final List<String> PEERS = List.of("pillow", "torchvision");

    private Decode() {}

    /**
     * Measures and prints.
     *
     * @param arguments a list of files, one a line; the Python with the peers; the rounds
     */
    public static void main(String[] arguments) throws IOException, BrokenExample {
        Path list = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[2]);
        List<byte[]> files = new ArrayList<>();
        for (String file : Files.readAllLines(list)) {
            files.add(Files.readAllBytes(Path.of(file)));
        }
        Process peer = new ProcessBuilder(arguments[1], "bench/decode_peer.py", list.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader answers =
                        new BufferedReader(new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8));
                PrintStream commands = new PrintStream(peer.getOutputStream(), true, StandardCharsets.UTF_8)) {
            System.out.printf(
                    "%s %s %s%n%s%n%d files%n",
                    System.getProperty("java.vm.name"),
                    System.getProperty("java.vm.version"),
                    System.getProperty("java.vm.info"),
                    answers.readLine(),
                    files.size());
            for (String task : List.of("decode", "resize")) {
                Map<String, double[]> times = new LinkedHashMap<>();
                for (int round = -1; round < rounds; round++) { // the first one warms up
                    put(times, "gander", round, rounds, gander(files, task.equals("resize")));
                    for (String name : PEERS) {
                        commands.println(name + " " + task);
                        put(times, name, round, rounds, Double.parseDouble(answers.readLine()));
                    }
                }
                print(task, times);
            }
        }
    }

    private static void put(Map<String, double[]> times, String name, int round, int rounds, double milliseconds) {
        if (round >= 0) {
            times.computeIfAbsent(name, fresh -> new double[rounds])[round] = milliseconds;
        }
    }

    /** Milliseconds a picture. */
    private static double gander(List<byte[]> files, boolean resize) throws BrokenExample {
        long start = System.nanoTime();
        long pixels = 0;
        for (byte[] file : files) {
            Bitmap bitmap = Decoder.decode(file, resize ? SIDE : 0).withChannels(3);
            if (resize) {
                bitmap = Resize.LANCZOS.apply(bitmap, SIDE, SIDE);
            }
            pixels += bitmap.pixels().length;
        }
        if (pixels == 0) {
            throw new IllegalStateException("no pixels");
        }
        return (System.nanoTime() - start) / 1e6 / files.size();
    }

    private static void print(String task, Map<String, double[]> times) {
        times.values().forEach(Arrays::sort);
        double[] gander = times.getOrDefault("gander", new double[0]);
        double best = Double.POSITIVE_INFINITY;
        for (String name : PEERS) {
            best = Math.min(best, median(times.getOrDefault(name, new double[0])));
        }
        times.forEach((name, sorted) -> System.out.printf(
                "%-8s %-12s median %7.3f ms a picture   min %7.3f   max %7.3f%n",
                task, name, median(sorted), sorted[0], sorted[sorted.length - 1]));
        System.out.printf("%-8s gander / better peer: %.2f%n", task, median(gander) / best);
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }
}
