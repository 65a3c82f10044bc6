package io.gander.tensor;

import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * How long the engine's idle threads wait busily before they sleep: long enough for the next operation, not so long that they ruin
 * a machine that has other work (docs/performance.md). On Linux, where the threads are libgomp's.
 */
final class Waiting {
    private static final String SPINS = "GOMP_SPINCOUNT";
    private static final String POLICY = "OMP_WAIT_POLICY";
    private static final String OURS = "1000";
    private static boolean set;

    private Waiting() {}

    /**
     * Sets it for this process, unless its environment does. libgomp reads C's environment once, when it loads; Java cannot change
     * that environment, so this does what C's {@code putenv} would: a longer list in the place of the old one, which stays as it is
     * for whoever reads it at this moment.
     */
    static void limit() {
        if (!Engine.platform().startsWith("linux") || System.getenv(SPINS) != null || System.getenv(POLICY) != null) {
            return;
        }
        Pointer variable = Loader.addressof("environ");
        if (variable == null) { // another C library than glibc
            return;
        }
        PointerPointer<Pointer> environment = new PointerPointer<>(variable);
        PointerPointer<Pointer> old = new PointerPointer<>(environment.get(0));
        long count = 0;
        while (!old.isNull() && old.get(count) != null) {
            count++;
        }
        PointerPointer<Pointer> longer =
                new PointerPointer<>(Pointer.malloc((count + 2) * Loader.sizeof(PointerPointer.class)));
        for (long i = 0; i < count; i++) {
            longer.put(i, old.get(i));
        }
        longer.put(count, text(SPINS + "=" + OURS)).put(count + 1, (Pointer) null);
        environment.put(0, longer);
        set = true;
    }

    /** Never freed: C's environment refers to it. */
    private static Pointer text(String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.US_ASCII);
        return new BytePointer(Pointer.malloc(bytes.length)).put(bytes, 0, bytes.length);
    }

    /** For people: "GOMP_SPINCOUNT 1000". */
    static String describe() {
        String spins = System.getenv(SPINS);
        String policy = System.getenv(POLICY);
        if (spins == null && policy != null) {
            return POLICY + " " + policy;
        }
        if (spins == null && !set) {
            return "as the engine's threads do by themselves";
        }
        return SPINS + " " + (spins == null ? OURS : spins);
    }
}
