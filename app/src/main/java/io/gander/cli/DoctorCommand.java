package io.gander.cli;

import com.sun.management.OperatingSystemMXBean;
import io.gander.Gander;
import io.gander.error.UserError;
import io.gander.file.CacheFolder;
import io.gander.file.Disk;
import io.gander.file.Faults;
import io.gander.run.Provenance;
import io.gander.tensor.Bfloat16;
import io.gander.tensor.Draws;
import io.gander.tensor.Engine;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks Java, the engine and this machine, and says how to fix what is wrong.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DoctorCommand implements Callable<Integer> {
    /** A size at which a matrix product is limited by arithmetic, and takes a fraction of a second. */
    private static final int MATRIX = 1536;

    @Mixin
    Answer answer;

    private record Finding(String what, String found, String cure) {}

    private final List<Finding> findings = new ArrayList<>();

    @Override
    public Integer call() {
        boolean engine = true;
        add("gander", Provenance.version(), "");
        add("java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor"), "");
        try {
            Engine.load();
        } catch (UserError | LinkageError e) {
            engine = false;
            Throwable why = e.getCause() instanceof UserError cause ? cause : e; // thrown by a class that was to load
            add("engine", "missing", String.valueOf(why.getMessage()));
        }
        if (engine) {
            engine();
        }
        memory();
        disk();
        pictures();
        print(answer.out());
        return findings.stream().anyMatch(finding -> !finding.cure.isEmpty()) ? 1 : 0;
    }

    private void add(String what, String found, String cure) {
        findings.add(new Finding(what, found, cure));
    }

    private void engine() {
        add("engine", "libtorch " + Engine.version() + " for " + Engine.platform(), "");
        add("blas", Engine.libraries(), "");
        add("device", Engine.device(), "");
        int cores = Runtime.getRuntime().availableProcessors();
        add("threads", Engine.threads() + " of " + cores + " cores", "");
        String policy = System.getenv("OMP_WAIT_POLICY");
        String spins = System.getenv("GOMP_SPINCOUNT");
        boolean chosen = policy != null || spins != null || !Engine.platform().startsWith("linux");
        add(
                "waiting",
                spins != null ? "GOMP_SPINCOUNT " + spins : "OMP_WAIT_POLICY " + (policy == null ? "not set" : policy),
                chosen
                        ? ""
                        : "set GOMP_SPINCOUNT=1000 before Java starts: idle threads wait busily and slow down a machine that has other work");
        String bfloat16 = Bfloat16.hardware();
        add(
                "bfloat16",
                bfloat16 == null ? "not in this processor: precision auto means float32" : "by " + bfloat16,
                "");
        add("speed", String.format(Locale.ROOT, "%.0f GFLOP/s in a %d³ matrix product", gigaflops(), MATRIX), "");
        try {
            Gander.recipe("mnist-mlp");
            add("recipes", "found", "");
        } catch (RuntimeException e) {
            add("recipes", "missing", "build again: mvn package");
        }
        add("cache", cache(), "");
    }

    private static double gigaflops() {
        try (Scope scope = Scope.open()) {
            Tensor a = Draws.of(1).normal(MATRIX, MATRIX);
            a.linear(a, null); // the first call also starts the threads
            long start = System.nanoTime();
            a.linear(a, null).sum().item();
            double seconds = (System.nanoTime() - start) / 1e9;
            return 2.0 * MATRIX * MATRIX * MATRIX / seconds / 1e9;
        }
    }

    /** Where JavaCPP unpacks the native libraries. */
    private static String cache() {
        try {
            Path folder = Engine.cacheFolder();
            try (Stream<Path> files = Files.walk(folder)) {
                long bytes = files.filter(Files::isRegularFile)
                        .mapToLong(file -> file.toFile().length())
                        .sum();
                return folder + ", " + (bytes >> 20) + " MB";
            }
        } catch (IOException e) {
            return "unreadable: " + Faults.why(e);
        } catch (UserError e) {
            return "unreadable: " + e.getMessage();
        }
    }

    private void memory() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long total = system.getTotalMemorySize() >> 20;
        long free = system.getFreeMemorySize() >> 20;
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        add(
                "memory",
                total + " MB in all, " + free + " MB unused; Java's own share " + heap + " MB",
                total < 3000 ? "training wants 3 GB or more: expect small batches only" : "");
    }

    private void disk() {
        OptionalLong free = Disk.free(Path.of(""));
        if (free.isEmpty()) {
            add("disk", "does not say how much is free", "");
            return;
        }
        long megabytes = free.getAsLong() >> 20;
        add(
                "disk",
                megabytes + " MB free here",
                megabytes < 1024 ? "make room: checkpoints want a gigabyte or so" : "");
    }

    private void pictures() {
        try {
            Path decoded = CacheFolder.of("decoded");
            try (Stream<Path> files = Files.list(decoded)) {
                long bytes = files.mapToLong(file -> file.toFile().length()).sum();
                add("data", decoded.getParent() + ", " + (bytes >> 20) + " MB of decoded pictures", "");
            }
        } catch (IOException e) {
            add("data", "cannot be listed: " + Faults.why(e), "set GANDER_CACHE to a folder of yours");
        } catch (UserError e) {
            add("data", "missing", String.valueOf(e.getMessage()));
        }
    }

    private void print(PrintWriter out) {
        if (answer.json) {
            Map<String, Object> all = new LinkedHashMap<>();
            for (Finding finding : findings) {
                Map<String, String> entry = new LinkedHashMap<>();
                entry.put("found", finding.found);
                entry.put("cure", finding.cure);
                all.put(finding.what, entry);
            }
            out.println(Json.pretty(all));
            return;
        }
        for (Finding finding : findings) {
            out.println(String.format(
                    Locale.ROOT, "%s %-8s %s", finding.cure.isEmpty() ? "ok  " : "MEND", finding.what, finding.found));
            if (!finding.cure.isEmpty()) {
                out.println("              → " + finding.cure);
            }
        }
    }
}
