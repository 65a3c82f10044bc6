package io.gander.game;

import io.gander.objective.Objective;
import io.gander.tensor.Profile;
import io.gander.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;

/** Gathers a round's numbers; metrics that cost something are only computed where the round is measured. */
final class RoundMetrics {
    /** In a profile. */
    private static final String READING = "reading losses and metrics";

    private final boolean measure;
    private final Map<String, Double> losses = new LinkedHashMap<>();
    private final Set<String> players = new LinkedHashSet<>();
    private final Map<String, Double> metrics = new LinkedHashMap<>();

    RoundMetrics(boolean measure) {
        this.measure = measure;
    }

    boolean measures() {
        return measure;
    }

    /** A player's loss. */
    void loss(String player, Tensor loss) {
        players.add(player);
        part(player, loss);
    }

    /** A part of a loss, worth a curve of its own. */
    void part(String name, Tensor part) {
        try (Profile.Section section = Profile.section(READING)) {
            losses.put(name, part.item());
        }
    }

    void metric(String name, DoubleSupplier value) {
        if (measure) {
            try (Profile.Section section = Profile.section(READING)) {
                metrics.put(name, value.getAsDouble());
            }
        }
    }

    /** How real the discriminator called both kinds. */
    void scores(Objective objective, Objective.DiscriminatorLoss scored) {
        Tensor real = scored.real().detach();
        Tensor fake = scored.fake().detach();
        metric("d_real", () -> objective.score(real, fake).mean().item());
        metric("d_fake", () -> objective.score(fake, real).mean().item());
    }

    Round round() {
        return new Round(losses, players, metrics);
    }
}
