package io.gander.recipe;

import io.gander.error.UserError;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What every game asks of the recipe's section {@code train}.
 *
 * @param steps rounds to play
 * @param time stop after this long even if steps are left; zero for no limit
 * @param batch real pictures a step
 * @param seed makes the run: initial weights, order of the data, latents
 * @param ema decay of the generator's moving average, per step; smaller in the first steps; 0 turns it off
 * @param threads of one operation; 0 for one per core
 * @param precision of the networks' products; a run's own recipe never says auto
 * @param logEvery steps between lines of metrics
 * @param sampleEvery steps between sample grids
 * @param samples pictures in a grid
 * @param checkpointEvery steps between checkpoints
 * @param keepCheckpoints how many of the newest stay on disk
 * @param generator how the generator learns
 * @param discriminator how the discriminator learns
 */
public record TrainRecipe(
        int steps,
        Duration time,
        int batch,
        long seed,
        double ema,
        int threads,
        Precision precision,
        int logEvery,
        int sampleEvery,
        int samples,
        int checkpointEvery,
        int keepCheckpoints,
        OptimizerRecipe generator,
        OptimizerRecipe discriminator) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})\\s*(s|m|h)");

    static TrainRecipe read(Section section) {
        int steps = section.integer("steps", null, 1, 100_000_000);
        return new TrainRecipe(
                steps,
                duration(section),
                section.integer("batch", 64, 1, 65_536),
                section.integer("seed", 1, 0, Integer.MAX_VALUE),
                section.real("ema", 0.0, 0, 0.999999),
                section.integer("threads", 0, 0, 1024),
                section.choice("precision", Precision.class, Precision.FLOAT32),
                section.integer("log-every", Math.max(1, steps / 500), 1, Integer.MAX_VALUE),
                section.integer("sample-every", Math.max(1, steps / 20), 1, Integer.MAX_VALUE),
                section.integer("samples", 64, 1, 1024),
                section.integer("checkpoint-every", Math.max(1, steps / 10), 1, Integer.MAX_VALUE),
                section.integer("keep-checkpoints", 2, 1, Integer.MAX_VALUE),
                OptimizerRecipe.read(section.section("generator")),
                OptimizerRecipe.read(section.section("discriminator")));
    }

    private static Duration duration(Section section) {
        String text = section.text("time", "none");
        if (text.equals("none")) {
            return Duration.ZERO;
        }
        Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new UserError(
                    section.where("time") + " must be a time such as 90s, 5m or 2h, or none; found '" + text + "'.");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}
