package io.gander.cli;

import io.gander.error.Names;
import io.gander.error.ShellCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the words of a command line, as one line. */
final class UsageError {
    private static final String WHOLE = "a whole number";

    private UsageError() {}

    /** The problem, and the command that shows the help. */
    static String sentence(ParameterException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        Object[] words = (command.qualifiedName() + " --help")
                .replaceFirst(command.root().name() + " ", "")
                .split(" ");
        return problem(e, command) + " '" + ShellCommand.of(words) + "' tells more.";
    }

    private static String problem(ParameterException e, CommandSpec command) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched, command);
        }
        ArgSpec argument = e.getArgSpec();
        String kind = argument == null || e.getValue() == null ? "" : kind(argument.type());
        if (kind.equals(WHOLE) && String.valueOf(e.getValue()).matches("[-+]?\\d+")) {
            return name(argument) + " is too large: " + e.getValue() + ".";
        }
        if (!kind.isEmpty()) {
            return name(argument) + " must be " + kind + "; found '" + e.getValue() + "'.";
        }
        String text = String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1).replaceAll("\\.+$", "") + ".";
    }

    /** A word that is neither an option nor a command. */
    private static String unmatched(UnmatchedArgumentException e, CommandSpec command) {
        String word = e.getUnmatched().get(0).replaceFirst("=.*", "");
        if (e.isUnknownOption()) {
            return "there is no option '" + word + "'."
                    + Names.hint(word, command.optionsMap().keySet());
        }
        return command.subcommands().isEmpty()
                ? "the argument '" + word + "' is one too many."
                : "there is no command '" + word + "'."
                        + Names.hint(word, command.subcommands().keySet());
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            List<String> names = Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .toList();
            return String.join(" or ", names);
        }
        return type == int.class || type == Integer.class || type == long.class || type == Long.class ? WHOLE : "";
    }
}
