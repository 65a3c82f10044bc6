package io.gander.run;

import io.gander.tensor.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a run was made from and on. */
public final class Provenance {
    private Provenance() {}

    /** This program's version, from its jar; "development" when run from classes. */
    public static String version() {
        String version = Provenance.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The processor's name as Linux tells it; "" elsewhere. */
    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.replaceFirst(".*?:\\s*", ""))
                    .orElse("");
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    /**
     * The facts of this process.
     *
     * @param precision of the networks' products, and by what
     * @param data the data set's name, count and fingerprint
     */
    public static Map<String, Object> collect(long seed, String precision, Map<String, Object> data) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("gander", version());
        facts.put("seed", seed);
        facts.put("data", data);
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("arch", System.getProperty("os.arch"));
        machine.put("processor", processor());
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("java", System.getProperty("java.vendor") + " " + System.getProperty("java.version"));
        machine.put("libtorch", Engine.version());
        machine.put("device", Engine.device());
        machine.put("threads", Engine.threads());
        machine.put("precision", precision);
        facts.put("machine", machine);
        return facts;
    }
}
