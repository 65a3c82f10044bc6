package io.gander.game;

import io.gander.objective.Objective;
import io.gander.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Gathers a round's numbers; metrics that cost something are only computed where the round is measured. */
final class Tally {
    private final boolean measure;
    private final Map<String, Double> losses = new LinkedHashMap<>();
    private final Map<String, Double> metrics = new LinkedHashMap<>();

    Tally(boolean measure) {
        this.measure = measure;
    }

    boolean measures() {
        return measure;
    }

    void loss(String player, Tensor loss) {
        losses.put(player, loss.item());
    }

    void metric(String name, DoubleSupplier value) {
        if (measure) {
            metrics.put(name, value.getAsDouble());
        }
    }

    /** How real the discriminator called both kinds. */
    void scores(Objective objective, Objective.Verdict verdict) {
        Tensor real = verdict.real().detach();
        Tensor fake = verdict.fake().detach();
        metric("d_real", () -> objective.score(real, fake).mean().item());
        metric("d_fake", () -> objective.score(fake, real).mean().item());
    }

    Round round() {
        return new Round(losses, metrics);
    }
}
