package io.gander.cli;

import io.gander.error.UserError;
import io.gander.file.Faults;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Lists the runs in a folder: state, step, best measure, and the keys in which runs of one recipe differ.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class RunsCommand implements Callable<Integer> {
    private static final List<String> COLUMNS =
            List.of("run", "recipe", "state", "step", "steps", "measure", "best", "best_step", "last", "problem");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}$");

    /** mnist-2 before mnist-10. */
    private static final Comparator<Path> BY_NAME = Comparator.<Path, String>comparing(
                    path -> NUMBER.matcher(path.toString()).replaceFirst(""))
            .thenComparingInt(RunsCommand::number)
            .thenComparing(Comparator.naturalOrder());

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "a folder of runs; default ${DEFAULT-VALUE}")
    Path folder = Path.of("runs");

    @Option(names = "--csv", description = "print a table for other programs")
    boolean csv;

    @Mixin
    Answer answer;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = answer.out();
        List<RunSummary> runs =
                RunSummary.compared(directories().stream().map(RunSummary::of).toList());
        if (answer.json) {
            out.println(Json.pretty(runs.stream().map(RunsCommand::facts).toList()));
        } else if (csv) {
            printCsv(out, runs);
        } else {
            printTable(out, runs);
        }
        out.flush();
        return 0;
    }

    private List<Path> directories() {
        if (!Files.isDirectory(folder)) {
            throw new UserError("there is no folder " + folder + ": name the one that your runs are in.");
        }
        try (Stream<Path> inside = Files.list(folder)) {
            List<Path> runs = inside.filter(path -> Files.isRegularFile(path.resolve("recipe.yaml")))
                    .sorted(BY_NAME)
                    .toList();
            if (runs.isEmpty()) {
                throw new UserError("there is no run in " + folder + ": name the folder that your runs are in.");
            }
            return runs;
        } catch (IOException e) {
            throw Faults.cannotList(folder, e);
        }
    }

    private static int number(Path path) {
        Matcher number = NUMBER.matcher(path.toString());
        return number.find() ? Integer.parseInt(number.group()) : 0;
    }

    private static Map<String, Object> facts(RunSummary run) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("run", run.run());
        facts.put("recipe", run.recipe());
        facts.put("state", run.state());
        facts.put("step", run.step());
        facts.put("steps", run.steps());
        if (!run.measure().isEmpty()) {
            facts.put("measure", run.measure());
            facts.put("best", run.best());
            facts.put("best_step", run.bestStep());
            facts.put("last", run.last());
        }
        if (!run.problem().isEmpty()) {
            facts.put("problem", run.problem());
        }
        facts.put("settings", run.settings());
        return facts;
    }

    private static void printCsv(PrintWriter out, List<RunSummary> runs) throws IOException {
        CSVPrinter printer = new CSVPrinter(
                out, CSVFormat.RFC4180.builder().setRecordSeparator('\n').get());
        List<String> settings = runs.stream()
                .flatMap(run -> run.settings().keySet().stream())
                .distinct()
                .sorted()
                .toList();
        printer.printRecord(Stream.concat(COLUMNS.stream(), settings.stream()).toList());
        for (RunSummary run : runs) {
            Map<String, Object> facts = facts(run);
            Stream<Object> own = settings.stream().map(key -> {
                Object value = run.settings().get(key);
                return value == null ? "" : RunSummary.shown(value);
            });
            printer.printRecord(Stream.concat(COLUMNS.stream().map(name -> facts.getOrDefault(name, "")), own)
                    .toList());
        }
    }

    private static void printTable(PrintWriter out, List<RunSummary> runs) {
        List<String[]> rows = runs.stream()
                .map(run -> new String[] {
                    Terminal.plain(run.run()),
                    Terminal.plain(run.recipe()),
                    run.state(),
                    run.step() + "/" + run.steps(),
                    best(run),
                    Terminal.plain(run.problem() + run.settingsText())
                })
                .toList();
        String[] heads = {"run", "recipe", "state", "step", "best", "what differs"};
        int[] widths = new int[heads.length];
        for (int i = 0; i < heads.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    heads[i].length(),
                    rows.stream().mapToInt(row -> row[column].length()).max().orElse(0));
        }
        Stream.concat(Stream.<String[]>of(heads), rows.stream()).forEach(row -> out.println(line(row, widths)));
    }

    private static String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private static String best(RunSummary run) {
        return run.measure().isEmpty()
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%s %.4g at %,d, last %.4g",
                        run.measure(),
                        run.best(),
                        run.bestStep(),
                        run.last());
    }
}
