package io.gander.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** All who listen to one training, one after the other. */
final class Listeners implements TrainListener {
    private final List<TrainListener> all;
    private final Set<TrainListener> failed = Collections.newSetFromMap(new IdentityHashMap<>());

    Listeners(TrainListener... listeners) {
        this.all = new ArrayList<>(List.of(listeners));
    }

    void add(TrainListener listener) {
        all.add(listener);
    }

    @Override
    public void on(Event event) {
        for (TrainListener listener : all) {
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                if (failed.add(listener)) {
                    String why = String.valueOf(e).lines().findFirst().orElse("");
                    on(new Event.Warning("a listener failed (" + why + "); the training goes on."));
                }
            }
        }
    }
}
