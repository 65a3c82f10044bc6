package io.gander;

import io.gander.game.GameOptions;
import io.gander.network.Network;
import io.gander.recipe.Recipe;

/** The networks that the game of a recipe plays with, before the data was seen. */
public final class Networks {
    private Networks() {}

    public static Network generator(Recipe recipe) {
        return GameOptions.of(recipe).generator(recipe, 0);
    }

    public static Network discriminator(Recipe recipe) {
        return GameOptions.of(recipe).discriminator(recipe, 0);
    }
}
