package io.gander.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.CatalogueWith;
import io.gander.Networks;
import io.gander.layer.Shape;
import io.gander.recipe.Architecture;
import io.gander.recipe.Catalogue;
import io.gander.recipe.Recipe;
import io.gander.recipe.Section;
import io.gander.run.RunDirectory;
import io.gander.train.Control;
import io.gander.train.Outcome;
import io.gander.train.Trainer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The architecture's template works. */
class TemplateGanTest {
    private static final String RECIPE = """
            data:          {name: mnist}
            generator:     {architecture: template, latent: 8, width: 4}
            discriminator: {architecture: template, width: 4}
            train:         {steps: 3, batch: 8}
            """;

    /** The catalogue with the template's line in it. */
    private static final Catalogue CATALOGUE = new CatalogueWith() {
        @Override
        public Architecture architecture(Architecture.Role role, Section section) {
            section.text("architecture", null);
            return role == Architecture.Role.GENERATOR
                    ? TemplateGan.Generator.read(section)
                    : TemplateGan.Discriminator.read(section);
        }
    };

    @Test
    void theTemplateTrains(@TempDir Path folder) {
        Recipe recipe = Recipe.parse("template", RECIPE, "template.yaml", CATALOGUE);
        Outcome outcome = Trainer.train(recipe, folder.resolve("run"), new Control());
        assertThat(outcome.step()).isEqualTo(3);
        assertThat(Networks.generator(recipe).output()).isEqualTo(Shape.of(1, 28, 28));
        assertThat(RunDirectory.open(outcome.run())
                        .newestWholeCheckpoint(warning -> {})
                        .generator("generator", true))
                .hasSize(Networks.generator(recipe).weights().size());
    }
}
