package io.gander.cli;

import io.gander.export.Export;
import io.gander.export.Format;
import io.gander.run.RunDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gander export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes a trained generator as a file that others read.",
            "Its weights alone (safetensors), or the whole network, ready to run with any batch size (onnx)."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "a run directory")
    Path directory;

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "safetensors or onnx")
    Format format;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "where to write")
    Path out;

    @Option(names = "--back", description = "the generator of an unpaired run's other direction")
    boolean back;

    @Option(names = "--no-ema", description = "the newest weights instead of their moving average")
    boolean live;

    @Option(names = "--json", description = "print JSON")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter printer = spec.commandLine().getOut();
        long step =
                Export.generator(RunDirectory.open(directory), format, out, back, !live, warning -> spec.commandLine()
                        .getErr()
                        .println("warning: " + warning));
        if (json) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("out", out.toString());
            facts.put("step", step);
            printer.println(Json.line(facts));
        } else {
            printer.println("Wrote " + out + " (generator, step " + step + ").");
        }
        return 0;
    }
}
