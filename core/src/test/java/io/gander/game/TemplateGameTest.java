package io.gander.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.CatalogueWith;
import io.gander.Gander;
import io.gander.Tiny;
import io.gander.error.Complaint;
import io.gander.objective.TemplateLoss;
import io.gander.recipe.Catalogue;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import io.gander.train.Control;
import io.gander.train.Event;
import io.gander.train.Outcome;
import io.gander.train.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The game's template is played; the loss's template is played for. */
class TemplateGameTest {
    private static final Catalogue GAME = CatalogueWith.game("template", TemplateGame.Options::read);

    private final Path folder;

    TemplateGameTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Recipe recipe(String game, Catalogue catalogue, int steps) {
        String pictures = Tiny.quoted(Tiny.pictures(folder.resolve("pictures")).toString());
        return Recipe.parse("tiny", """
                %s
                data:          {path: %s, size: 8, channels: 1}
                generator:     {architecture: mlp, hidden: [8], latent: 3}
                discriminator: {architecture: mlp, hidden: [8]}
                train:         {steps: %d, batch: 4, threads: 1, ema: 0.5, log-every: 1}
                """.formatted(game, pictures, steps), "tiny.yaml", catalogue);
    }

    private static List<Map<String, Double>> train(Recipe recipe, Path run) {
        List<Map<String, Double>> metrics = new ArrayList<>();
        Outcome outcome = Gander.train(recipe, run, new Control(), event -> {
            if (event instanceof Event.Metrics measured) {
                metrics.add(measured.progress().metrics());
            }
        });
        assertThat(outcome.step()).isEqualTo(recipe.train().steps());
        return metrics;
    }

    private static Map<String, float[]> weights(Path run) {
        return RunDirectory.open(run).newestWholeCheckpoint(warning -> {}).values("");
    }

    @Test
    void theGameTrains() {
        Recipe recipe = recipe("game: template\nobjective: {generator-steps: 3}", GAME, 5);

        List<Map<String, Double>> metrics = train(recipe, folder.resolve("run"));

        assertThat(metrics).hasSize(5).allSatisfy(round -> {
            assertThat(round).containsKeys("loss_generator", "loss_discriminator", "d_real", "d_fake");
            assertThat(round.values()).allMatch(Double::isFinite);
        });
        assertThat(RunDirectory.open(folder.resolve("run")).samples()).isNotEmpty();
    }

    @Test
    void aRunThatGoesOnGetsWhereOneThatNeverStoppedDoes() {
        Recipe five = recipe("game: template", GAME, 5);
        Path stopped = folder.resolve("stopped");
        train(five, folder.resolve("whole"));
        train(five.with("train.steps", 3), stopped);

        Trainer.resume(RunDirectory.open(stopped), five, new Control());

        Map<String, float[]> whole = weights(folder.resolve("whole"));
        assertThat(whole).isNotEmpty();
        weights(stopped).forEach((name, values) -> assertThat(values).as(name).isEqualTo(whole.get(name)));
    }

    @Test
    void itsKeysAreItsOwn() {
        Complaint.of(() -> recipe("game: noise\nobjective: {generator-steps: 3}", GAME, 5))
                .endsWith("'objective.generator-steps' is a key of game: template: leave it out.");
        Complaint.of(() -> recipe("game: template\nobjective: {packing: 2}", GAME, 5))
                .endsWith("'objective.packing' is a key of game: noise: leave it out.");
        Recipe pairs = recipe("game: template", GAME, 5).with("data.pairs", "side-by-side");
        Complaint.of(() -> Gander.train(pairs, folder.resolve("run")))
                .isEqualTo("data.pairs: the game 'template' plays with single examples; leave it out.");
    }

    @Test
    void theLossTrains() {
        Catalogue loss = CatalogueWith.game("noise", (root, data, train) -> {
            root.section("objective").text("loss", null);
            return NoiseOptions.read(root, data, train, new TemplateLoss());
        });
        Recipe recipe = recipe("game: noise\nobjective: {loss: template}", loss, 5);

        List<Map<String, Double>> metrics = train(recipe, folder.resolve("run"));

        assertThat(((NoiseOptions) recipe.rules()).objective()).isEqualTo(new TemplateLoss());
        assertThat(metrics).hasSize(5).allSatisfy(round -> assertThat(round.values())
                .allMatch(Double::isFinite));
    }
}
