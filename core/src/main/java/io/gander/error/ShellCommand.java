package io.gander.error;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Commands that messages tell people to type. */
public final class ShellCommand {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}._/+=:,@%-]+");

    private ShellCommand() {}

    /**
     * A command of Gander's, ready to be pasted into a POSIX shell: such as {@code gander resume 'my run'}. It begins with the
     * name by which the program was started, if the launcher told it ({@code gander.command}), else with {@code gander}.
     */
    public static String of(Object... words) {
        return Stream.concat(Stream.of(System.getProperty("gander.command", "gander")), Stream.of(words))
                .map(ShellCommand::quoted)
                .collect(Collectors.joining(" "));
    }

    /** A word in quotes if a shell would take it for more than that: nothing in a file's name shall run. */
    public static String quoted(Object object) {
        String word = object.toString();
        return WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
