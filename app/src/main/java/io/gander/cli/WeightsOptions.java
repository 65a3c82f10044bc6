package io.gander.cli;

import io.gander.generate.Weights;
import io.gander.recipe.Precision;
import io.gander.tensor.Bfloat16;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which of a run's weights a command takes, and in what numbers it computes with them. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class WeightsOptions {
    @Option(names = "--step", paramLabel = "N", description = "use the checkpoint of this step; default: the newest")
    @Nullable
    Long step;

    @Mixin
    Ema ema;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description =
                    "of the network's products: float32 (default), bfloat16, or auto: bfloat16 where the processor multiplies it")
    Precision precision = Precision.FLOAT32;

    /** @param warnings hears if this costs more than it saves */
    Weights weights(Consumer<String> warnings) {
        if (precision == Precision.BFLOAT16 && Bfloat16.isEmulated()) {
            warnings.accept(Bfloat16.EMULATED + " --precision float32 is faster.");
        }
        return new Weights(step == null ? OptionalLong.empty() : OptionalLong.of(step), ema.average(), precision);
    }
}
