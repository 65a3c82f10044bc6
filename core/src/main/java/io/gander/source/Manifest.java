package io.gander.source;

import io.gander.error.BrokenExample;
import io.gander.error.UserError;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A list of picture files: CSV by RFC 4180 in UTF-8, separated by commas, semicolons or tabs, whose first line names the
 * columns. Known are {@code path}, relative to the list's folder or absolute, {@code label}, and {@code second}, the path
 * of a pair's other picture.
 */
final class Manifest implements Source {
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t');
    /** Characters of the longest line: a quote that is never closed shall not fetch the whole file into memory. */
    static final int LONGEST = 1 << 20;

    /** Where a line's fields are; −1 for a column that is not there. */
    private record Columns(char separator, int count, int path, int label, int second) {}

    private interface Visitor {
        void visit(CSVRecord line, long number);
    }

    private final Path file;
    private final Columns columns;
    private final long count;

    private Manifest(Path file) {
        this.file = file;
        this.columns = columns(file);
        AtomicLong rows = new AtomicLong();
        read((line, number) ->
                rows.incrementAndGet()); // a mistake in the last line shows before hours are spent on the others
        this.count = rows.get();
        if (count == 0) {
            throw new UserError("'" + file + "' lists no picture: add a line for each below the one of the columns.");
        }
    }

    static Source open(Path file) {
        return new Manifest(file);
    }

    /** From the first line. Its separator is the one that leaves a column called path. */
    private static Columns columns(Path file) {
        for (char separator : SEPARATORS) {
            List<String> names = firstLine(file, separator).stream()
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .toList();
            if (names.contains("path")) {
                for (String name : List.of("path", "label", "second")) {
                    if (names.indexOf(name) != names.lastIndexOf(name)) {
                        throw new UserError("'" + file + "' has two columns '" + name + "': rename one.");
                    }
                }
                return new Columns(
                        separator,
                        names.size(),
                        names.indexOf("path"),
                        names.indexOf("label"),
                        names.indexOf("second"));
            }
        }
        throw new UserError(
                "'" + file + "' names no column 'path' in its first line: write path,label there, above lines"
                        + " such as cats/1.png,cat.");
    }

    private static List<String> firstLine(Path file, char separator) {
        try (Lines lines = Lines.of(file);
                CSVParser parser = format(separator).parse(lines)) {
            Iterator<CSVRecord> records = parser.iterator();
            return records.hasNext() ? records.next().toList() : List.of();
        } catch (UncheckedIOException e) {
            if (cause(e) instanceof CSVException) {
                return List.of(); // quotes that make no sense with this separator, and may with the next
            }
            throw unreadable(file, 1, cause(e));
        } catch (IOException e) {
            throw unreadable(file, 1, e);
        }
    }

    private static CSVFormat format(char separator) {
        return CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(true)
                .get();
    }

    /** Shows the lines below the first. */
    private void read(Visitor visitor) {
        try (Lines lines = Lines.of(file);
                CSVParser parser = format(columns.separator).parse(lines)) {
            Iterator<CSVRecord> records = parser.iterator();
            boolean first = true;
            while (more(records, parser)) {
                CSVRecord record = records.next();
                lines.begin();
                if (!first) {
                    visitor.visit(record, parser.getCurrentLineNumber());
                }
                first = false;
            }
        } catch (IOException e) {
            throw Input.unreadable(file, e);
        }
    }

    private boolean more(Iterator<CSVRecord> records, CSVParser parser) {
        try {
            return records.hasNext();
        } catch (UncheckedIOException e) {
            throw unreadable(file, parser.getCurrentLineNumber(), cause(e));
        }
    }

    private static IOException cause(UncheckedIOException e) {
        return Objects.requireNonNull(e.getCause());
    }

    private static UserError unreadable(Path file, long line, IOException e) {
        if (e instanceof CharacterCodingException) {
            return new UserError("'" + file + "' is not in UTF-8 near line " + line + ": save it in UTF-8.", e);
        }
        if (e instanceof CSVException) {
            return new UserError(
                    "'" + file + "', line " + line + ": a quote is not closed, or something follows a"
                            + " closing quote; write a quote inside quotes twice.",
                    e);
        }
        return Input.unreadable(file, e);
    }

    @Override
    public String name() {
        return Input.name(file);
    }

    @Override
    public long count() {
        return count;
    }

    /** The lines, and of each picture file the size and the time of change. */
    @Override
    public void identify(Consumer<String> parts) {
        read((line, number) -> {
            parts.accept(String.join("\n", line));
            Item item = item(line, number);
            if (item instanceof FileItem pictures) {
                parts.accept(state(pictures.file()));
                parts.accept(pictures.partner() == null ? "" : state(pictures.partner()));
            }
        });
    }

    private static String state(Path picture) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(picture, BasicFileAttributes.class);
            return attributes.size() + " " + attributes.lastModifiedTime();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void forEach(Consumer<Item> consumer) {
        read((line, number) -> consumer.accept(item(line, number)));
    }

    private Item item(CSVRecord line, long number) {
        String place = name() + ":" + number;
        if (line.size() < columns.count) {
            return unusable(place, "has " + line.size() + " fields, not " + columns.count);
        }
        String path = line.get(columns.path);
        String label = columns.label < 0 || line.get(columns.label).isBlank()
                ? null
                : line.get(columns.label).strip();
        String second = columns.second < 0 ? "" : line.get(columns.second);
        if (path.isBlank()) {
            return unusable(place, "names no picture");
        }
        if (columns.second >= 0 && second.isBlank()) {
            return new BrokenItem(path, label, BrokenExample.Kind.NO_PARTNER, "has no second picture at " + place);
        }
        try {
            return new FileItem(path, label, place(path), columns.second < 0 ? null : place(second));
        } catch (InvalidPathException e) { // NUL, or characters that the file system or the locale cannot spell
            return unusable(place, "names a path that is not possible here (" + e.getReason() + ")");
        }
    }

    /** Where a file lies whose path may have been written on Windows, or with blanks around it. */
    private Path place(String path) {
        String cured = path.strip().replace('\\', '/');
        boolean better = !cured.equals(path) && Files.exists(file.resolveSibling(cured));
        return file.resolveSibling(better ? cured : path);
    }

    private static Item unusable(String place, String why) {
        return new BrokenItem(place, null, BrokenExample.Kind.UNREADABLE, why);
    }

    /** The characters of a list, without the mark that may stand in front of UTF-8; refuses endless lines. */
    private static final class Lines extends FilterReader {
        private int sinceBegin;

        private Lines(Reader reader) {
            super(reader);
        }

        static Lines of(Path file) throws IOException {
            // A decoder, unlike a charset's name, refuses what is no UTF-8 instead of replacing it.
            Reader reader = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder());
            BufferedReader buffered = new BufferedReader(reader);
            try {
                buffered.mark(1);
                if (buffered.read() != 0xfeff) {
                    buffered.reset();
                }
            } catch (IOException e) {
                buffered.close();
                throw e;
            }
            return new Lines(buffered);
        }

        /** Says that a line is over. What was read ahead counts for the one before; it is little. */
        void begin() {
            sinceBegin = 0;
        }

        private void take(int count) throws IOException {
            sinceBegin += Math.max(0, count);
            if (sinceBegin > LONGEST) {
                throw new CSVException("a line has no end");
            }
        }

        @Override
        public int read() throws IOException {
            int character = super.read();
            take(1);
            return character;
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            take(count);
            return count;
        }
    }
}
