package io.gander.game;

import io.gander.network.Model;
import io.gander.network.Optimizer;
import io.gander.recipe.OptimizerRecipe;
import io.gander.tensor.Profile;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A network that learns: its model, its optimiser, its learning rate over the run. */
public final class Player implements AutoCloseable {
    private final String name;
    private final Model model;
    private final Optimizer optimizer;
    private final OptimizerRecipe recipe;
    private final long steps;

    /**
     * A player with a fresh optimiser.
     *
     * @param steps the length of the run, for the learning rate's schedule
     */
    public Player(String name, Model model, OptimizerRecipe recipe, long steps) {
        this.name = name;
        this.model = model;
        this.optimizer = Optimizer.create(model, recipe);
        this.recipe = recipe;
        this.steps = steps;
    }

    public String name() {
        return name;
    }

    public Model model() {
        return model;
    }

    /**
     * Moves against the loss's gradient.
     *
     * @param step counts from 1
     * @param measure whether to compute the gradient's norm
     * @return the norm of the whole gradient before clipping; NaN if it was not computed
     */
    public double learn(Tensor loss, long step, boolean measure) {
        return learn(loss, rateAt(step, steps), step, measure);
    }

    /** Moves as above, but at a rate of the game's own. */
    double learn(Tensor loss, double rate, long step, boolean measure) {
        return move(gradients(loss, model.parameters(), name), rate, step, measure);
    }

    private static List<Tensor> gradients(Tensor loss, List<Tensor> parameters, String whose) {
        try (Profile.Section section = Profile.section("gradients of the " + whose + "'s loss")) {
            return Tensor.gradients(loss, parameters, false);
        }
    }

    /** Several players move against the gradient of one loss. */
    static double learn(Tensor loss, List<Player> players, long step, boolean measure) {
        List<Tensor> parameters = new ArrayList<>();
        players.forEach(player -> parameters.addAll(player.model.parameters()));
        List<Tensor> gradients = gradients(loss, parameters, "generators");
        double square = 0;
        int from = 0;
        for (Player player : players) {
            int to = from + player.model.parameters().size();
            double norm = player.move(gradients.subList(from, to), player.rateAt(step, player.steps), step, measure);
            square += norm * norm;
            from = to;
        }
        return Math.sqrt(square);
    }

    /** The rate of a step of so many. */
    double rateAt(long step, long of) {
        return recipe.rateAt(step, of);
    }

    private double move(List<Tensor> gradients, double rate, long step, boolean measure) {
        double norm = Double.NaN;
        if (measure || recipe.clip() > 0) {
            norm = norm(gradients);
            if (recipe.clip() > 0 && norm > recipe.clip()) {
                double factor = recipe.clip() / norm;
                gradients.forEach(gradient -> gradient.scale(factor));
            }
        }
        try (Profile.Section section = Profile.section("optimisers")) {
            optimizer.step(gradients, step, rate);
        }
        return norm;
    }

    private static double norm(List<Tensor> gradients) {
        double sum = 0;
        for (Tensor gradient : gradients) {
            double norm = gradient.norm().item();
            sum += norm * norm;
        }
        return Math.sqrt(sum);
    }

    /** Adds what must be saved to go on exactly. */
    void addTo(GameState state) {
        state.add(name, name + ".", model.weights());
        state.add(name, "optimizer." + name + ".", optimizer.state());
    }

    @Override
    public void close() {
        optimizer.close();
        model.close();
    }
}
