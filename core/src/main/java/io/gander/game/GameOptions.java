package io.gander.game;

import io.gander.data.Dataset;
import io.gander.data.DegradeRecipe;
import io.gander.data.Split;
import io.gander.error.UserError;
import io.gander.network.Network;
import io.gander.recipe.Recipe;
import io.gander.recipe.Rules;
import java.nio.file.Path;
import java.util.List;

/**
 * The rules of a game: its own keys, its checks, its making, and what runs of it are good for. Who wants to know something of a game asks
 * here, never for its name.
 */
public interface GameOptions extends Rules {
    /** What watches over a game. */
    enum Guarding {
        OFF,
        /** It says what goes wrong. */
        WATCH,
        /** It goes back to the last good checkpoint and changes one thing. */
        ACT
    }

    /** The rules of the game that a recipe names. */
    static GameOptions of(Recipe recipe) {
        return (GameOptions) recipe.rules();
    }

    /**
     * Stops a recipe whose data or networks are not of the kind that this game plays with: before the data is decoded, which may take
     * long.
     *
     * @throws UserError if so
     */
    void check(Recipe recipe);

    /**
     * The classes that it is played with, in the order of their numbers, which a run must know without its data; empty for a game without
     * labels.
     *
     * @throws UserError if the game is played with labels and the data has none
     */
    default List<String> classes(Dataset data) {
        return List.of();
    }

    /**
     * Sets up the game with fresh players.
     *
     * @param data one set, or two for a game between two
     */
    Game create(Recipe recipe, List<Split> data);

    /**
     * The network of each generator.
     *
     * @param classes that the game is played with; 0 before the data was seen
     * @throws UserError if the architecture cannot make or take the recipe's examples
     */
    Network generator(Recipe recipe, int classes);

    /**
     * The network of each discriminator.
     *
     * @param classes that the game is played with; 0 before the data was seen
     * @throws UserError if the architecture cannot take what it is to judge
     */
    Network discriminator(Recipe recipe, int classes);

    /** Whether the generators make examples from examples; else they start from noise. */
    boolean translates();

    /**
     * The generators that a run can use, as its checkpoints name them: each begins with "generator". Where there are two, the second
     * goes the way of the first back.
     */
    default List<String> generators() {
        return List.of("generator");
    }

    /**
     * The generator of a direction.
     *
     * @param back whether the one that goes back is asked for
     * @param run for the error
     * @throws UserError if there is none
     */
    default String generator(boolean back, Path run) {
        if (back && generators().size() == 1) {
            throw new UserError(
                    "--back: " + run + " learnt one direction only; both are learnt by a recipe with game: unpaired.");
        }
        return generators().get(back ? 1 : 0);
    }

    /** Whether somebody watches for collapse, and may act. */
    default Guarding guard() {
        return Guarding.OFF;
    }

    /** Steps between measurements of the samples; at the last step they are measured, too. */
    default int measureEvery() {
        return Integer.MAX_VALUE;
    }

    /** The step that ends a first stage, whose checkpoint stays, for it is a result of its own; 0 if there is none. */
    default int stage() {
        return 0;
    }

    /** How inputs are made of single examples. */
    default DegradeRecipe degrade() {
        return DegradeRecipe.NONE;
    }

    /** What outputs are compared with targets by: {@code vgg19}, or the path of a safetensors file; empty for nothing. */
    default String features() {
        return "";
    }
}
