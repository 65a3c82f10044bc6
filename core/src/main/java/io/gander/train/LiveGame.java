package io.gander.train;

import io.gander.data.Split;
import io.gander.game.Game;
import io.gander.game.GameOptions;
import io.gander.recipe.Recipe;
import java.util.List;

/** The game that is played and its recipe, both of which may change in a run; owns the game. */
final class LiveGame implements AutoCloseable {
    private final List<Split> data;
    private Recipe recipe;
    private Game game;

    LiveGame(Recipe recipe, List<Split> data) {
        this.data = data;
        this.recipe = recipe;
        this.game = GameOptions.of(recipe).create(recipe, data);
    }

    Recipe recipe() {
        return recipe;
    }

    Game game() {
        return game;
    }

    /** Goes on by another recipe of the same networks, with fresh players, whose state is to be restored. */
    void change(Recipe other) {
        game.close();
        recipe = other;
        game = GameOptions.of(other).create(other, data);
    }

    @Override
    public void close() {
        game.close();
    }
}
