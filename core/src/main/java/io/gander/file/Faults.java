package io.gander.file;

import io.gander.error.UserError;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * What the system says when it refuses a file, in words and with the cure: Java's own messages are often just a path. What is
 * not known here keeps the system's words.
 */
public final class Faults {
    private enum Kind {
        FULL(
                "the disk is full",
                "make room",
                "make room",
                "No space left on device",
                "not enough space on the disk",
                "Disk quota exceeded"),
        TOO_LARGE(
                "the file is larger than this disk or 'ulimit -f' allows",
                "make room or raise the limit",
                "raise the limit",
                "File too large"),
        DENIED("permission denied", "get permission", "get permission to read it", "Operation not permitted"),
        READ_ONLY("the disk is read-only", "make it writable", "make it writable", "Read-only file system"),
        MISSING("no such file or folder", "make the folder first", "check the path", "No such file or directory"),
        FOLDER(
                "it is a folder",
                "move it away or give the path of a file in it",
                "give the path of a file in it",
                "Is a directory"),
        NO_FOLDER("a file is where a folder should be", "move it away", "check the path", "Not a directory"),
        IN_THE_WAY("something of that name is in the way", "move it away", "move it away"),
        NAME_TOO_LONG("the name is too long", "shorten it", "check the path", "File name too long"),
        TOO_MANY_OPEN(
                "too many files are open",
                "raise the limit, see 'ulimit -n'",
                "raise the limit, see 'ulimit -n'",
                "Too many open files"),
        BUSY(
                "another program holds the file",
                "end that program",
                "end that program",
                "used by another process",
                "Text file busy"),
        CUT_OFF("it is cut off", "copy or make it again", "copy or download it again"),
        DAMAGED("it is damaged", "copy or make it again", "copy or download it again"),
        NOT_TEXT("it is not text in UTF-8", "save it in UTF-8", "save it in UTF-8"),
        INTERRUPTED("it was interrupted", "try again", "try again"),
        OTHER("", "see whether the disk is in order", "see whether the file and the disk are in order");

        private final String why;
        private final String writing;
        private final String reading;

        @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
        private final List<String> words;

        Kind(String why, String writing, String reading, String... words) {
            this.why = why;
            this.writing = writing;
            this.reading = reading;
            this.words = List.of(words);
        }

        static Kind of(Exception e) {
            Kind kind = byClass(e);
            if (kind == null) {
                String said = said(e);
                kind = Stream.of(values())
                        .filter(one -> one.words.stream().anyMatch(said::contains))
                        .findFirst()
                        .orElse(OTHER);
            }
            // WholeFile's own, which names another file
            boolean renamed = kind == OTHER && e instanceof FileSystemException;
            return renamed && e.getCause() instanceof IOException cause ? of(cause) : kind;
        }

        private static @Nullable Kind byClass(Exception e) {
            if (e instanceof AccessDeniedException) {
                return DENIED;
            }
            if (e instanceof NoSuchFileException) {
                return MISSING;
            }
            if (e instanceof NotDirectoryException) {
                return NO_FOLDER;
            }
            if (e instanceof FileAlreadyExistsException || e instanceof DirectoryNotEmptyException) {
                return IN_THE_WAY;
            }
            if (e instanceof EOFException) {
                return CUT_OFF;
            }
            if (e instanceof ZipException) {
                return DAMAGED;
            }
            if (e instanceof CharacterCodingException) {
                return NOT_TEXT;
            }
            return e instanceof ClosedByInterruptException ? INTERRUPTED : null;
        }
    }

    private Faults() {}

    /** Whether the fault lies in this one file's name or place, so that others can be written beside it. */
    public static boolean ofOneFile(IOException e) {
        return switch (Kind.of(e)) {
            case TOO_LARGE, FOLDER, IN_THE_WAY, NAME_TOO_LONG, BUSY -> true;
            default -> false;
        };
    }

    /** Why, in a few words. */
    public static String why(Exception e) {
        Kind kind = Kind.of(e);
        return switch (kind) {
            case OTHER -> said(e);
            case DAMAGED -> kind.why + ": " + said(e);
            default -> kind.why;
        };
    }

    /**
     * That something could not be written, why, and the cure.
     *
     * @param what a path, or words that name it
     * @param rest what else to do, as in "or choose another --out"
     */
    public static UserError cannotWrite(Object what, IOException e, String rest) {
        return new UserError("cannot write " + what + " " + writing(what, e, rest), e);
    }

    /** The end of such a sentence: why in brackets, and the cure. */
    public static String writing(Object what, IOException e, String rest) {
        return "(" + why(e) + elsewhere(what, e) + "): " + Kind.of(e).writing + ", " + rest + ".";
    }

    /** That something could not be read, why, and the cure. */
    public static UserError cannotRead(Object what, IOException e) {
        return new UserError("cannot read " + what + " " + reading(what, e), e);
    }

    /** That a folder could not be listed, why, and the cure. */
    public static UserError cannotList(Object folder, IOException e) {
        return new UserError("cannot list " + folder + " " + reading(folder, e), e);
    }

    /** The end of such a sentence: why in brackets, and the cure. */
    public static String reading(Object what, IOException e) {
        return "(" + why(e) + elsewhere(what, e) + "): " + Kind.of(e).reading + ".";
    }

    /** The file that the fault is about, if that is not what the sentence names already. */
    private static String elsewhere(Object what, IOException e) {
        return e instanceof FileSystemException trouble
                        && trouble.getFile() != null
                        && !what.toString().contains(trouble.getFile())
                ? ": " + trouble.getFile()
                : "";
    }

    /** The system's words without the path, or else the exception's name; one line. */
    private static String said(Exception e) {
        String words = e instanceof FileSystemException trouble ? trouble.getReason() : e.getMessage();
        return words == null || words.isBlank()
                ? e.getClass().getSimpleName()
                : words.lines().findFirst().orElse("").strip();
    }
}
