package io.gander.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The smallest networks from pictures to pictures, trained for three steps on 16×16 pixels of noise. */
final class TinyTranslators {
    /** Holds out 5 of 20. */
    static final String RESTORE = """
            data: {path: @photos, size: 16, channels: 3, held-out: 25}
            game: paired
            degrade: {noise: 30}
            generator: {architecture: unet, width: 2}
            """;

    /** Colours of grey pictures; holds out nothing. */
    static final String COLOURISE = """
            data: {path: @photos, size: 16, channels: 3}
            game: paired
            degrade: {grey: true}
            generator: {architecture: unet, width: 2}
            """;

    /** Holds out nothing. */
    static final String LARGER = """
            data: {path: @photos, size: 16, channels: 3}
            game: paired
            generator: {architecture: srresnet, width: 2, blocks: 1, scale: 2}
            """;

    /** Holds out 5 of 20 on both sides. */
    static final String UNPAIRED = """
            data: {path: @photos, second: @others, pairs: unpaired, size: 16, channels: 3, held-out: 25}
            game: unpaired
            generator: {architecture: resnet, width: 2, blocks: 1}
            """;

    private static final String REST = """
            discriminator: {architecture: patchgan, width: 2, layers: 1}
            train: {steps: 3, batch: 4, threads: 1, samples: 2, checkpoint-every: 1, keep-checkpoints: 9, ema: 0.5}
            """;

    private TinyTranslators() {}

    /** Trains in a folder, which gets {@code photos} and {@code others}; the run is called as the recipe is. */
    static Path train(Path folder, String name, String recipe) throws IOException {
        String photos =
                Recipe.quoted(Tiny.photos(folder.resolve("photos"), 20, 16).toString());
        String others =
                Recipe.quoted(Tiny.photos(folder.resolve("others"), 20, 20).toString());
        String yaml = recipe.replace("@photos", photos).replace("@others", others) + REST;
        Path file = Files.writeString(folder.resolve(name + ".yaml"), yaml);
        Cli training = Cli.gander("train", file, "--run", folder.resolve(name));
        assertThat(training.status()).as(training.err()).isZero();
        return folder.resolve(name);
    }
}
