package io.gander.export;

import io.gander.Networks;
import io.gander.game.StandardCatalogue;
import io.gander.network.Network;
import io.gander.recipe.Recipe;
import java.util.stream.Stream;

/** Every shipped recipe's two networks, narrow enough for tests. */
enum Players {
    MLP("mnist-mlp-keras"),
    DCGAN_28("mnist-dcgan"),
    DCGAN_64("dcgan-64"),
    KERAS_28("mnist-dcgan-keras"),
    R3GAN_28("mnist-r3gan"),
    R3GAN_64("r3gan-64");

    private final String recipe;

    Players(String recipe) {
        this.recipe = recipe;
    }

    Recipe recipe() {
        Recipe full = Recipe.load(recipe, StandardCatalogue.INSTANCE);
        return switch (this) {
            case MLP -> full;
            case R3GAN_28, R3GAN_64 -> narrow(full.with("generator.group", 4).with("discriminator.group", 4));
            default -> narrow(full);
        };
    }

    private static Recipe narrow(Recipe full) {
        return full.with("generator.width", 4).with("discriminator.width", 4).with("generator.latent", 20);
    }

    static Stream<Network> networks() {
        return Stream.of(values())
                .map(Players::recipe)
                .flatMap(recipe -> Stream.of(Networks.generator(recipe), Networks.discriminator(recipe)));
    }
}
