package io.gander.bench;

import io.gander.Gander;
import io.gander.generate.Generator;
import io.gander.tensor.Scope;
import java.nio.file.Path;

/** Times a run's generator in a warm process: the arguments are its directory, a batch and seconds; prints the median call, seconds. */
public final class Generation {
    private Generation() {}

    public static void main(String[] arguments) {
        int batch = Integer.parseInt(arguments[1]);
        double seconds = Double.parseDouble(arguments[2]);
        try (Generator generator = Gander.open(Path.of(arguments[0]))) {
            System.out.println(Calls.median(seconds, number -> call(generator, number, batch)));
        }
    }

    private static void call(Generator generator, int call, int batch) {
        try (Scope scope = Scope.open()) {
            generator.samples((long) call * batch, batch, 1);
        }
    }
}
