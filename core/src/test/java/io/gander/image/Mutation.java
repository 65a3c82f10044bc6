package io.gander.image;

import io.gander.error.BrokenExample;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Damages files at random. As a program it decodes damaged fixtures for a number of seconds, and prints what became of
 * them; a crash of the native code would end the JVM:
 *
 * <pre>java -cp ... io.gander.image.Mutation SECONDS [SEED]</pre>
 */
final class Mutation {
    private Mutation() {}

    /** A copy with some bytes changed, and perhaps a part cut out, doubled or cut off. */
    static byte[] of(byte[] file, Random random) {
        byte[] damaged = file.clone();
        int changes = 1 + random.nextInt(6);
        int within = random.nextBoolean() ? damaged.length : Math.min(100, damaged.length); // headers do more harm
        for (int i = 0; i < changes; i++) {
            damaged[random.nextInt(within)] = (byte) (random.nextInt(4) == 0 ? -1 : random.nextInt());
        }
        int from = random.nextInt(damaged.length);
        int length = random.nextInt(damaged.length - from);
        switch (random.nextInt(8)) {
            case 0 -> damaged = Arrays.copyOf(damaged, from + 1);
            case 1 -> System.arraycopy(file, 0, damaged, from, length);
            case 2 -> Arrays.fill(damaged, from, from + length, (byte) 0);
            default -> {}
        }
        return damaged;
    }

    public static void main(String[] arguments) {
        long end = System.nanoTime() + Long.parseLong(arguments[0]) * 1_000_000_000L;
        Random random = new Random(arguments.length > 1 ? Long.parseLong(arguments[1]) : 1);
        List<byte[]> files = Fixtures.pictures().stream().map(Fixtures::picture).toList();
        long decoded = 0;
        Map<BrokenExample.Kind, Integer> refused = new EnumMap<>(BrokenExample.Kind.class);
        double slowest = 0;
        while (System.nanoTime() < end) {
            byte[] file = of(files.get(random.nextInt(files.size())), random);
            long start = System.nanoTime();
            try {
                Decoder.decode(file, random.nextInt(3));
                decoded++;
            } catch (BrokenExample e) {
                refused.merge(e.kind(), 1, Integer::sum);
            }
            slowest = Math.max(slowest, (System.nanoTime() - start) / 1e9);
        }
        System.out.printf("decoded %,d, slowest %.2f s%n", decoded, slowest);
        refused.forEach((kind, count) -> System.out.printf("%s %,d%n", kind, count));
    }
}
