package io.gander.cli;

import com.fasterxml.jackson.core.JacksonException;
import io.gander.error.UserError;
import io.gander.file.Faults;
import io.gander.run.Provenance;
import io.gander.train.Diverged;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gander}: the entry, and what happens to exceptions. */
@Command(
        name = "gander",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        header = "Gander trains, judges and ships generative adversarial networks (GANs).",
        synopsisHeading = "%nUsage: ",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "A first hour:",
            "  gander train mnist-dcgan                        digits in a few minutes; writes runs/mnist-dcgan-1",
            "  gander generate runs/mnist-dcgan-1              a grid of 64 new digits",
            "  gander describe mnist-dcgan                     both networks, layer by layer",
            "  gander recipes                                  what else you can train",
            "  gander data list                                data sets that are known by name",
            "  gander train dcgan-64 --set data.path=photos    the same on your own pictures",
            "  gander translate RUN photo.jpg --out new.png    pictures from pictures",
            "",
            "'gander COMMAND --help' tells more. Exit status: 0 success, 1 a fault of the program or a",
            "training that diverged, 2 a mistake that you can fix, 130 stopped by Ctrl-C."
        },
        subcommands = {
            TrainCommand.class,
            ResumeCommand.class,
            GenerateCommand.class,
            TranslateCommand.class,
            EvaluateCommand.class,
            ExportCommand.class,
            ClassifierCommand.class,
            RecipesCommand.class,
            DataCommand.class,
            DescribeCommand.class,
            RunsCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main implements Runnable {
    @Option(names = "--debug", scope = CommandLine.ScopeType.INHERIT, description = "show the stack trace of an error")
    boolean debug;

    @Spec
    CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    Main() {}

    public static void main(String[] args) {
        int status;
        try {
            status = run(
                    new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                    new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                    args);
        } catch (Error e) { // nothing is left to wait for
            Interrupt.release();
            throw e;
        }
        Interrupt.exit(status);
    }

    /** Runs one command and returns its exit status: what {@code main} does, without ending the process. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new Main());
        line.setOut(out)
                .setErr(err)
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false);
        Usage.install(line);
        boolean debug = Arrays.asList(args).contains("--debug");
        line.setExecutionExceptionHandler((e, command, parsed) -> explain(e, err, debug));
        line.setParameterExceptionHandler((e, arguments) -> {
            err.println("gander: " + Terminal.plain(UsageError.sentence(e)));
            return 2;
        });
        try {
            return line.execute(args);
        } catch (LinkageError | OutOfMemoryError e) { // picocli passes on what is no Exception
            return explain(e, err, debug);
        }
    }

    private static int explain(Throwable e, PrintWriter err, boolean debug) {
        if (debug) {
            e.printStackTrace(err);
        }
        if (e instanceof ExceptionInInitializerError && e.getCause() instanceof UserError cause) { // no engine
            err.println("gander: " + oneLine(cause));
            return 2;
        }
        if (e instanceof UserError) {
            err.println("gander: " + oneLine(e));
            return 2;
        }
        if (e instanceof OutOfMemoryError || String.valueOf(e.getMessage()).contains("llocate memory")) {
            err.println("gander: out of memory: set a smaller train.batch or smaller networks,"
                    + " or give Java more with GANDER_OPTS=-Xmx8g.");
            return 2;
        }
        if (e instanceof InvalidPathException name && name.getInput().indexOf('\0') < 0) {
            err.println("gander: the name '" + Terminal.plain(name.getInput()) + "' cannot be written in this locale's"
                    + " characters: set LC_ALL=C.UTF-8, or rename the file.");
            return 2;
        }
        if (e instanceof CancellationException) {
            err.println("gander: stopped before training began; nothing was written.");
            return Interrupt.STATUS;
        }
        if (e instanceof Diverged) {
            err.println("gander: " + oneLine(e));
            return 1;
        }
        if (e instanceof IOException fault && !(e instanceof JacksonException)) {
            err.println("gander: a file refuses " + Faults.writing("", fault, "then try again"));
            return 2;
        }
        err.println("gander: a fault of the program: " + e.getClass().getSimpleName() + ": " + firstLine(e)
                + (debug ? "" : " (--debug shows where; please report it)"));
        return 1;
    }

    private static String oneLine(Throwable e) {
        return Terminal.plain(String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " "));
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"gander " + Provenance.version()};
        }
    }
}
