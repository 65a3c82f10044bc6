package io.gander.bench;

import io.gander.generate.Generator;
import io.gander.generate.Weights;
import io.gander.recipe.Precision;
import io.gander.run.RunDirectory;
import io.gander.tensor.Scope;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Times a run's generator in a warm process: the arguments are its directory, a batch, seconds and a precision; prints
 * the median call, seconds.
 */
public final class Generation {
    private Generation() {}

    public static void main(String[] arguments) {
        int batch = Integer.parseInt(arguments[1]);
        double seconds = Double.parseDouble(arguments[2]);
        Precision precision = Precision.valueOf(arguments[3].toUpperCase(Locale.ROOT));
        RunDirectory run = RunDirectory.open(Path.of(arguments[0]));
        try (Generator generator = Generator.open(run, Weights.NEWEST.in(precision))) {
            System.out.println(Calls.median(seconds, number -> call(generator, number, batch)));
        }
    }

    private static void call(Generator generator, int call, int batch) {
        try (Scope scope = Scope.open()) {
            generator.samples((long) call * batch, batch, 1);
        }
    }
}
