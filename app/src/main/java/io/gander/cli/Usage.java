package io.gander.cli;

import io.gander.error.ShellCommand;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The help of a command: its examples begin with the name by which the program was started, and no line breaks inside keys such as
 * {@code train.steps}, where picocli breaks lines too.
 */
final class Usage extends Help {
    /** Stands for a dot between letters while lines are broken: a letter that no text here uses. */
    private static final String DOT = "ꓸ";

    /** The program's name before a command or an argument. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w./-])gander(?= [a-zA-Z\\[])");

    private Usage(CommandSpec command, ColorScheme colours) {
        super(command, colours);
    }

    static void install(CommandLine line) {
        line.setHelpFactory(Usage::new);
        describe(line);
        line.getHelpSectionMap().replaceAll((section, renderer) -> help -> finished(renderer.render(help)));
        line.getSubcommands().values().forEach(Usage::install);
    }

    private static String finished(String text) {
        return NAME.matcher(text.replace(DOT, ".")).replaceAll(Matcher.quoteReplacement(ShellCommand.of()));
    }

    private static void describe(CommandLine line) {
        var usage = line.getCommandSpec().usageMessage();
        usage.description(Arrays.stream(usage.description()).map(Usage::joined).toArray(String[]::new));
    }

    private static String joined(String text) {
        return text.replaceAll("(?<=[\\w-])\\.(?=\\w)", DOT);
    }

    private Ansi.Text[][] joined(Ansi.Text[][] rows) {
        for (Ansi.Text[] cells : rows) {
            int last = cells.length - 1;
            cells[last] = colorScheme().text(joined(cells[last].plainString()));
        }
        return rows;
    }

    @Override
    public IOptionRenderer createDefaultOptionRenderer() {
        IOptionRenderer usual = super.createDefaultOptionRenderer();
        return (option, label, colours) -> joined(usual.render(option, label, colours));
    }

    @Override
    public IParameterRenderer createDefaultParameterRenderer() {
        IParameterRenderer usual = super.createDefaultParameterRenderer();
        return (parameter, label, colours) -> joined(usual.render(parameter, label, colours));
    }
}
