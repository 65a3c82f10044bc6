package io.gander.cli;

import io.gander.export.Export;
import io.gander.export.Format;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes a trained generator as a file for other programs.",
            "safetensors: its weights alone. onnx: the whole network, ready to run with any batch size."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ExportCommand implements Callable<Integer> {
    @Mixin
    RunArgument run;

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "safetensors or onnx")
    Format format;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the file to write")
    Path out;

    @Option(names = "--back", description = "runs with game: unpaired: the generator from the second set to the first")
    boolean back;

    @Mixin
    Ema ema;

    @Mixin
    Overwrite overwrite;

    @Mixin
    Answer answer;

    @Override
    public Integer call() {
        PrintWriter printer = answer.out();
        overwrite.spare(out, "--out");
        long step = Export.generator(run.open(), format, out, back, ema.average());
        if (answer.json) {
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
