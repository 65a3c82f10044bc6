package io.gander.oracle;

import io.gander.Networks;
import io.gander.architecture.Architectures;
import io.gander.game.StandardCatalogue;
import io.gander.layer.Output;
import io.gander.network.Model;
import io.gander.recipe.Recipe;
import io.gander.tensor.Tensor;

/** The two players of one of the oracle's games, with the oracle's weights. */
public record Duel(Recipe recipe, Oracle oracle, Model generator, Model discriminator) implements AutoCloseable {
    public static Duel of(String name) {
        Recipe recipe = Recipe.parse(name, Oracle.recipe(name), name + ".yaml", StandardCatalogue.INSTANCE);
        Oracle oracle = Oracle.read(name);
        Model generator = Model.create(Networks.generator(recipe), 1);
        Model discriminator = Model.create(Networks.discriminator(recipe), 2);
        generator.load(oracle.in("generator").values());
        discriminator.load(oracle.in("discriminator").values());
        return new Duel(recipe, oracle, generator, discriminator);
    }

    /** The oracle's real pictures. */
    public Tensor real() {
        Output output = Architectures.generator(recipe).output();
        return Tensor.ofPixels(
                pixels(oracle),
                output.low(),
                output.high(),
                oracle.array("pixels").sizes());
    }

    /** The oracle's real pictures as bytes. */
    public static byte[] pixels(Oracle oracle) {
        float[] values = oracle.array("pixels").values();
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (int) values[i];
        }
        return pixels;
    }

    @Override
    public void close() {
        generator.close();
        discriminator.close();
    }
}
