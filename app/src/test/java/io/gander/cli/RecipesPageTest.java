package io.gander.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.game.StandardCatalogue;
import io.gander.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/recipes.md names every key that the readers know, and no other. */
class RecipesPageTest {
    private static final Pattern KEY = Pattern.compile("`(…\\.)?([a-z0-9-]+(\\.[a-z0-9-]+)*)`");
    private static final Pattern PLAYER = Pattern.compile("train\\.(generator|discriminator)\\.");

    @Test
    void namesEveryKeyAndNoOther() throws IOException {
        assertThat(ofThePage()).isEqualTo(ofTheReaders());
    }

    private static Set<String> ofThePage() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("gander")) ? here : here.resolveSibling("");
        String page = Files.readString(root.resolve("docs/recipes.md"));
        String table = page.substring(page.indexOf("## Every key"), page.indexOf("Each of `degrade"));
        Set<String> keys = new TreeSet<>();
        table.lines().filter(line -> line.startsWith("| `")).forEach(line -> {
            Matcher key = KEY.matcher(line.substring(0, line.indexOf(" |", 2)));
            while (key.find()) {
                keys.add(key.group(1) == null ? key.group(2) : "player." + key.group(2));
            }
        });
        return keys;
    }

    private static Set<String> ofTheReaders() {
        Set<String> keys = new TreeSet<>();
        for (String generator : List.of("mlp", "dcgan", "dcgan-keras", "r3gan")) {
            for (String labels : List.of("none", "projection", "auxiliary")) {
                add(keys, "noise", "none", generator, generator, "objective: {labels: " + labels + ", unrolled: 1}");
            }
        }
        for (String generator : List.of("unet", "encoder-decoder", "resnet", "srresnet", "rrdb")) {
            add(keys, "paired", "none", generator, "patchgan", "");
            add(keys, "paired", "side-by-side", generator, "srgan", "");
        }
        add(keys, "unpaired", "unpaired", "resnet", "patchgan", "");
        keys.addAll(recipe("", "{kind: voxel, size: 32}", "noise", "dcgan", "dcgan", "adam"));
        return keys;
    }

    private static void add(
            Set<String> keys, String game, String pairs, String generator, String discriminator, String objective) {
        Stream.of("adam", "rmsprop")
                .forEach(optimizer -> keys.addAll(recipe(
                        objective, "{size: 64, pairs: " + pairs + "}", game, generator, discriminator, optimizer)));
    }

    private static Set<String> recipe(
            String objective, String data, String game, String generator, String discriminator, String optimizer) {
        String yaml = """
                data: %s
                game: %s
                generator: {architecture: %s}
                discriminator: {architecture: %s}
                train: {steps: 1, generator: {optimizer: %s}}
                %s
                """.formatted(data, game, generator, discriminator, optimizer, objective);
        return Recipe.parse("page", yaml, "page.yaml", StandardCatalogue.INSTANCE).flat().keySet().stream()
                .map(key -> PLAYER.matcher(key).replaceFirst("player."))
                .collect(Collectors.toSet());
    }
}
