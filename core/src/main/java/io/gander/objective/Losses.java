package io.gander.objective;

import io.gander.error.UserError;
import io.gander.recipe.Section;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** The catalogue: every loss that a recipe can name. A new one is a line here. */
public final class Losses {
    private static final Map<String, Function<Section, Objective>> LOSSES = new LinkedHashMap<>();

    static {
        LOSSES.put("non-saturating", NonSaturating::read);
        LOSSES.put("minimax", Minimax::read);
        LOSSES.put("least-squares", LeastSquares::read);
        LOSSES.put("hinge", section -> new Hinge());
        LOSSES.put("wasserstein", section -> new Wasserstein());
        LOSSES.put("relativistic-average", section -> new RelativisticAverage());
        LOSSES.put("relativistic-pairing", section -> new RelativisticPairing());
    }

    private Losses() {}

    static Set<String> names() {
        return Collections.unmodifiableSet(LOSSES.keySet());
    }

    /**
     * Reads {@code loss} and its options.
     *
     * @param fallback the loss of a recipe that names none
     */
    public static Objective read(Section section, String fallback) {
        return read(section, fallback, LOSSES);
    }

    static Objective read(Section section, String fallback, Map<String, Function<Section, Objective>> losses) {
        String name = section.choice("loss", losses.keySet(), fallback);
        Objective objective = Objects.requireNonNull(losses.get(name)).apply(section);
        if (!section.asked("smoothing") && smoothing(section) > 0) { // every resolved recipe has the key
            throw new UserError(
                    section.where("smoothing") + ": the loss '" + name + "' has no target to move; leave it out.");
        }
        return objective;
    }

    /** What the discriminator's target for real examples is less than 1. */
    static double smoothing(Section section) {
        return section.real("smoothing", 0.0, 0, 0.5);
    }
}
