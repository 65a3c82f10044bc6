package io.gander.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the documentation says, done: every {@code ./gander} line of every {@code sh} block of README.md and docs/*.md, in
 * order, in one folder, by one {@link Shell}; and every block of Java, compiled, the README's run.
 *
 * <p>So that it takes a minute and not an evening:
 *
 * <ul>
 *   <li>{@code train} gets {@link #SMALL} behind its own words;
 *   <li>the N of {@code resume … --steps N} becomes {@link #STEPS};
 *   <li>lines that do not begin with {@code ./gander} (mvn, git) are not run.
 * </ul>
 *
 * A {@code yaml} block whose first line is {@code # file: NAME.yaml} becomes that file; the folders {@code photos}, {@code pairs},
 * {@code apples} and {@code oranges} and the array {@code chairs.npy} are there.
 */
@Tag("slow")
@Timeout(600)
class DocsTest {
    private static final List<String> SMALL = List.of(
            "--set", "train.steps=3",
            "--set", "train.batch=4",
            "--set", "train.ema=0",
            "--set", "train.sample-every=3",
            "--set", "train.checkpoint-every=3");
    private static final String STEPS = "5";

    private static final String FILE = "# file: ";

    private final Path folder;

    DocsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** The README first, as a reader would. */
    private static List<Path> pages() throws IOException {
        Path root = root();
        List<Path> pages = new ArrayList<>();
        if (Files.exists(root.resolve("README.md"))) {
            pages.add(root.resolve("README.md"));
        }
        if (Files.isDirectory(root.resolve("docs"))) {
            try (Stream<Path> files = Files.list(root.resolve("docs"))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("gander")) ? here : here.resolveSibling("");
    }

    /** A test a page, in order: some go on with the runs of those before. */
    @TestFactory
    Stream<DynamicTest> everyCommandOf() throws IOException {
        for (String name : List.of("photos", "apples", "oranges")) {
            Tiny.photos(folder.resolve(name), 20, 200);
        }
        Tiny.photos(folder.resolve("pairs"), 20, 400, 200);
        Tiny.solids(folder.resolve("chairs.npy"), 20, 32);
        Shell shell = Shell.open(folder);
        Stream<DynamicTest> all =
                pages().stream().map(page -> dynamicTest(String.valueOf(page.getFileName()), () -> run(page, shell)));
        return Stream.concat(all, Stream.of(dynamicTest("nothing else was said", shell::close)));
    }

    private void run(Path page, Shell shell) throws IOException {
        int commands = 0;
        for (Markdown.Block block : Markdown.blocks(Files.readString(page))) {
            if (block.language().equals("yaml") && block.lines().get(0).startsWith(FILE)) {
                String name = block.lines().get(0).substring(FILE.length()).strip();
                Files.writeString(folder.resolve(name), block.text());
            }
            if (block.language().equals("sh")) {
                commands += run(page, block, shell);
            }
        }
        if (page.endsWith("README.md")) {
            assertThat(commands).isGreaterThan(5);
        }
    }

    private int run(Path page, Markdown.Block block, Shell shell) throws IOException {
        int commands = 0;
        String joined = block.text().replaceAll("\\\\\n\\s*", "");
        for (String line : joined.lines().toList()) {
            if (line.startsWith("./gander ")) {
                Cli answer = shell.gander(shortened(Markdown.words(line)));
                assertThat(answer.status())
                        .as("%s:%d: %s%n%s%s", page.getFileName(), block.line(), line, answer.out(), answer.err())
                        .isZero();
                assertThat(answer.err()).as(line).isEmpty();
                commands++;
            }
        }
        return commands;
    }

    /** The words behind {@code ./gander}, with what makes them quick. */
    private static List<String> shortened(List<String> words) {
        List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
        if (arguments.get(0).equals("train")) {
            arguments.addAll(SMALL);
        }
        if (arguments.get(0).equals("resume") && arguments.contains("--steps")) {
            arguments.set(arguments.indexOf("--steps") + 1, STEPS);
        }
        return arguments;
    }

    /** A page's blocks of Java are whole files; the templates of adding-a-gan.md are compiled where core's tests keep them. */
    @TestFactory
    Stream<DynamicTest> theJavaCompilesOf() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            for (Markdown.Block block : java(page)) {
                tests.add(dynamicTest(page.getFileName() + ":" + block.line(), () -> compile(block.text())));
            }
        }
        assertThat(tests).hasSizeGreaterThan(3);
        return tests.stream();
    }

    private static List<Markdown.Block> java(Path page) throws IOException {
        return Markdown.blocks(Files.readString(page)).stream()
                .filter(block -> block.language().equals("java") && !page.endsWith("adding-a-gan.md"))
                .toList();
    }

    @Test
    void theReadmesJavaRuns() throws IOException {
        String example = java(root().resolve("README.md")).get(0).text();
        String quick = example.replaceAll("\"train\\.steps\", [\\d_]+", "\"train.steps\", 2");
        assertThat(quick).isNotEqualTo(example);
        compile(quick);
        List<String> words = Child.java(folder.toString());
        words.add("Digits");
        Cli answer = Child.start(folder, words).end();
        assertThat(answer.status()).as(answer.err()).isZero();
        assertThat(answer.out() + answer.err()).isEmpty();
        assertThat(folder.resolve("digit.png")).exists();
        assertThat(folder.resolve("runs/digits/report.html")).exists();
    }

    /** One file, which says itself what it imports. */
    private void compile(String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                "-Xlint:all,-classfile,-path,-try",
                "-Werror");
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        assertThat(compiler.getTask(messages, null, null, options, null, List.of(file))
                        .call())
                .as("%s%n%s", messages, source)
                .isTrue();
    }

    @Test
    void blocksAndWordsAreReadAsAShellWould() {
        List<Markdown.Block> blocks = Markdown.blocks("a\n```sh\n./gander x\n```\nb\n```\nplain\n```\n");
        assertThat(blocks)
                .containsExactly(
                        new Markdown.Block("sh", 3, List.of("./gander x")),
                        new Markdown.Block("", 7, List.of("plain")));
        assertThat(Markdown.words("./gander  train 'a b.yaml' --set x=\"[1, 2]\"   # a comment"))
                .containsExactly("./gander", "train", "a b.yaml", "--set", "x=[1, 2]");
        assertThat(shortened(List.of("./gander", "resume", "r", "--steps", "6000")))
                .containsExactly("resume", "r", "--steps", STEPS);
        assertThat(shortened(List.of("./gander", "train", "r"))).endsWith("train.checkpoint-every=3");
    }
}
