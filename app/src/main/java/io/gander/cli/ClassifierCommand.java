package io.gander.cli;

import io.gander.Gander;
import io.gander.data.DataListener;
import io.gander.data.Dataset;
import io.gander.data.Datasets;
import io.gander.error.UserError;
import io.gander.file.Faults;
import io.gander.metric.Classifier;
import io.gander.metric.ClassifierTraining;
import io.gander.recipe.DataRecipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "classifier",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains a small classifier on the classes of a data set, to measure samples with.",
            "Name its file in a recipe's train.classifier, or with --classifier of 'gander evaluate'.",
            "MNIST's comes with Gander."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ClassifierCommand implements Callable<Integer> {
    private static final String RECIPE = "mnist-dcgan";

    @Parameters(paramLabel = "RECIPE", description = "a name from 'gander recipes', or a YAML file: its data is learnt")
    String recipe = RECIPE;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the safetensors file to write")
    Path out;

    @Option(names = "--epochs", paramLabel = "N", description = "passes over the data; default ${DEFAULT-VALUE}")
    int epochs = 12;

    @Mixin
    Seed seed;

    @Mixin
    Overrides overrides;

    @Mixin
    Overwrite overwrite;

    @Mixin
    Answer answer;

    @Override
    public Integer call() {
        if (epochs < 1) {
            throw new UserError("--epochs must be at least 1; found " + epochs + ".");
        }
        overwrite.spare(out, "--out");
        PrintWriter printer = answer.out();
        DataRecipe data = overrides.apply(Gander.recipe(recipe)).data();
        Dataset training = Datasets.open(data, DataListener.SILENT, Interrupt::asked);
        ProgressLine line = new ProgressLine(printer, Terminal.detect());
        try (Classifier classifier =
                ClassifierTraining.train(training, epochs, seed.value, share -> show(line, share))) {
            line.end();
            classifier.save(out);
            report(printer, classifier, Datasets.test(data, DataListener.SILENT, Interrupt::asked));
        } catch (IOException e) {
            throw Faults.cannotWrite(out, e, "or choose another --out");
        }
        return 0;
    }

    private void show(ProgressLine line, double share) {
        if (!answer.json && line.due()) {
            String text = String.format(Locale.ROOT, "%.0f %%", 100 * share);
            line.show(share, text, text);
        }
    }

    private void report(PrintWriter printer, Classifier classifier, @Nullable Dataset test) {
        double accuracy = test == null ? Double.NaN : ClassifierTraining.accuracy(classifier, test);
        if (answer.json) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("out", out.toString());
            facts.put("classes", classifier.classes());
            if (test != null) {
                facts.put("accuracy", accuracy);
                facts.put("pictures", test.count());
            }
            printer.println(Json.line(facts));
            return;
        }
        String judged = test == null
                ? "; the set keeps no test pictures to measure it by."
                : String.format(Locale.ROOT, ", %.2f %% of %,d test pictures right.", 100 * accuracy, test.count());
        printer.println("Wrote " + out + ": " + classifier.classes() + " classes" + judged);
    }
}
