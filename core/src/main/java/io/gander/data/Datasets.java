package io.gander.data;

import io.gander.error.UserError;
import io.gander.recipe.DataRecipe;
import java.nio.file.Path;

/** The catalogue: from a recipe's section {@code data} to a data set. */
public final class Datasets {
    private Datasets() {}

    public static Dataset open(DataRecipe recipe) {
        return switch (recipe.name()) {
            case MNIST -> Mnist.training();
            case FILES -> {
                if (recipe.path().isEmpty()) {
                    throw new UserError(
                            "data.path is not set: say where your pictures are, such as --set data.path=photos.");
                }
                yield Folder.read(Path.of(recipe.path()), recipe.channels(), recipe.size());
            }
            default -> throw new UserError("data.name " + recipe.name().key() + " cannot be opened yet.");
        };
    }
}
