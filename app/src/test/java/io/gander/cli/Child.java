package io.gander.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Gander in a JVM of its own, started as the launcher does, with the class path of this one. */
final class Child {
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final BufferedReader out;
    private final Path err;

    private Child(Process process, Path err) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.err = err;
    }

    /** The words that start a JVM with our class path, before the main class. */
    static List<String> java(String... moreClasses) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Xmx512m", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Djava.awt.headless=true", "-cp"));
        if (Runtime.version().feature() >= 24) {
            words.add(words.size() - 1, "--sun-misc-unsafe-memory-access=allow"); // protobuf's; "-cp" stays the last
        }
        words.add(String.join(
                File.pathSeparator,
                Stream.concat(Stream.of(moreClasses), Stream.of(System.getProperty("java.class.path")))
                        .toList()));
        return words;
    }

    static Child gander(Path directory, Object... arguments) throws IOException {
        List<String> words = java();
        words.add(Main.class.getName());
        Stream.of(arguments).map(Object::toString).forEach(words::add);
        return start(directory, words);
    }

    static Child start(Path directory, List<String> words) throws IOException {
        return start(directory, words, ProcessBuilder.Redirect.from(new File("/dev/null")));
    }

    /** One that {@link #say} speaks to. */
    static Child converse(Path directory, List<String> words) throws IOException {
        return start(directory, words, ProcessBuilder.Redirect.PIPE);
    }

    private static Child start(Path directory, List<String> words, ProcessBuilder.Redirect input) throws IOException {
        Path err = Files.createTempFile("gander-child", ".err");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectError(err.toFile())
                .redirectInput(input);
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        builder.environment().put("OPENBLAS_NUM_THREADS", "1");
        return new Child(builder.start(), err);
    }

    Process process() {
        return process;
    }

    /** {@code kill -9}. The process's own method would also close its streams. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Writes a line to its standard input. */
    void say(String line) throws IOException {
        Writer in = process.outputWriter(StandardCharsets.UTF_8);
        in.write(line + "\n");
        in.flush();
    }

    /** The next line of standard output, or an empty one at its end. */
    String line() throws IOException {
        String line = out.readLine();
        return line == null ? "" : line;
    }

    /** Waits for the end, and gives everything that was not read yet. */
    Cli end() throws IOException {
        StringBuilder rest = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            rest.append(line).append('\n');
        }
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the process did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        String errors = Files.readString(err);
        Files.delete(err);
        return new Cli(process.exitValue(), rest.toString(), errors);
    }
}
