package io.gander.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Networks;
import io.gander.error.Complaint;
import io.gander.game.StandardCatalogue;
import io.gander.layer.Shape;
import io.gander.layer.WeightSpec;
import io.gander.network.Model;
import io.gander.network.Network;
import io.gander.recipe.Recipe;
import io.gander.tensor.Draws;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitecturesTest {
    static Stream<Arguments> all() {
        List<Arguments> all = new ArrayList<>();
        for (String architecture : List.of("mlp", "dcgan", "dcgan-keras")) {
            for (int size : new int[] {28, 32, 64, 128}) {
                for (int channels : new int[] {1, 3}) {
                    all.add(Arguments.of(architecture, size, channels));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyArchitectureMakesPicturesOfEverySizeAndJudgesThem(String architecture, int size, int channels) {
        Recipe recipe = recipe(architecture, size, channels);

        Network generator = Networks.generator(recipe);
        Network discriminator = Networks.discriminator(recipe);

        assertThat(generator.name()).isEqualTo("generator " + architecture);
        assertThat(generator.input()).isEqualTo(Shape.of(100));
        assertThat(generator.output()).isEqualTo(Shape.of(channels, size, size)).isEqualTo(Architectures.image(recipe));
        assertThat(discriminator.name()).isEqualTo("discriminator " + architecture);
        assertThat(discriminator.input()).isEqualTo(Shape.of(channels, size, size));
        assertThat(discriminator.output()).isEqualTo(Shape.of(1));
        assertThat(generator.weights()).map(WeightSpec::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "dcgan", "dcgan-keras"})
    void theEngineRunsWhatWasForetold(String architecture) {
        Recipe recipe = recipe(architecture, 32, 3);
        try (Model generator = Model.create(Networks.generator(recipe), 1);
                Model discriminator = Model.create(Networks.discriminator(recipe), 2);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Tensor pictures =
                    generator.apply(Architectures.generator(recipe).latent().draw(2, Draws.of(1)), true);
            assertThat(pictures.shape()).containsExactly(2, 3, 32, 32);
            assertThat(discriminator.apply(pictures, true, Draws.of(2)).shape()).containsExactly(2, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // PyTorch's DCGAN example at 64×64; the book's Keras models at 28×28, running statistics included.
        "dcgan-64, 3576704, 2765568, parameters",
        "mnist-dcgan-keras, 1301505, 1080577, values",
        // 100·128 + 128 + 2·128 + 128·256 + 256 + 2·256 + 256·784 + 784, and 784·256 + 256 + 256·128 + 128 + 128 + 1.
        "mnist-mlp-keras, 248208, 233985, parameters",
    })
    void shippedRecipesHaveTheSizesThatTheirSourcesPublish(
            String name, long generator, long discriminator, String what) {
        Recipe recipe = Recipe.load(name, StandardCatalogue.INSTANCE);
        Network g = Networks.generator(recipe);
        Network d = Networks.discriminator(recipe);

        assertThat(what.equals("values") ? g.values() : g.parameters()).isEqualTo(generator);
        assertThat(what.equals("values") ? d.values() : d.parameters()).isEqualTo(discriminator);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 7, 9, 20, 30, 48, 96, 100})
    void dcganSaysWhichSizesItCanMake(int size) {
        Recipe recipe = recipe("dcgan", size, 3);

        Complaint.of(() -> Networks.generator(recipe))
                .isEqualTo(
                        "generator dcgan cannot make examples of %d×%d: all sides must be 4 or 7 doubled at least once, and"
                                        .formatted(size, size)
                                + " equal; set data.size to 28, 32, 64 or 128.");
        Complaint.of(() -> Networks.discriminator(recipe))
                .startsWith("discriminator dcgan ")
                .contains("data.size");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 14, 16, 56, 112, 256, 512, 1024})
    void dcganMakesEveryDoublingOfFourAndSeven(int size) {
        Recipe recipe = recipe("dcgan", size, 1);

        assertThat(Networks.generator(recipe).output()).isEqualTo(Shape.of(1, size, size));
        assertThat(Networks.discriminator(recipe).output()).isEqualTo(Shape.of(1));
    }

    private static Shape shape(String sizes) {
        return new Shape(Stream.of(sizes.split("×")).map(Integer::valueOf).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "dcgan, 1×32",
        "dcgan, 1×28×28×28",
        "dcgan, 1×32×32×32",
        "dcgan-keras, 2×28",
        "dcgan-keras, 1×8×12×4",
        "r3gan, 1×28",
        "r3gan, 1×16×16×16",
        "mlp, 2×30",
        "mlp, 1×5×6×7",
    })
    void theSameArchitectureMakesAnyNumberOfAxes(String architecture, String sizes) {
        Shape example = shape(sizes);
        Recipe recipe = recipe(architecture, 32, 1);
        if (!architecture.equals("mlp")) {
            recipe = recipe.with("generator.width", 8).with("discriminator.width", 8);
        }
        try (Model generator = Model.create(Architectures.generator(recipe).network(example), 1);
                Model discriminator =
                        Model.create(Architectures.discriminator(recipe).network(example), 2);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Tensor made = generator.apply(Draws.of(1).normal(2, 100), true);
            assertThat(made.shape()).isEqualTo(example.batch(2));
            assertThat(discriminator.apply(made, true).shape()).containsExactly(2, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dcgan, 1×32×16, 32×16",
        "dcgan, 1×30, 30",
        "dcgan, 1×32×32×28, 32×32×28",
        "dcgan, 6, ''",
        "r3gan, 1×32×16, 32×16",
        "r3gan, 1×20×20×20, 20×20×20",
        "dcgan-keras, 1×8×8×6, 8×8×6",
    })
    void sidesThatCannotBeMadeAreNamed(String architecture, String sizes, String named) {
        Recipe recipe = recipe(architecture, 32, 1);

        Complaint.of(() -> Architectures.generator(recipe).network(shape(sizes)))
                .startsWith("generator " + architecture + " cannot ")
                .contains(" examples of " + named + ": ", "data.size");
    }

    @Test
    void kerasDcganSaysWhichSizesItCanMake() {
        Complaint.of(() -> Networks.generator(recipe("dcgan-keras", 30, 1)))
                .isEqualTo(
                        "generator dcgan-keras cannot make examples of 30×30: every side must be a multiple of 4; set"
                                + " data.size to 28, 32, 64 or 128.");
    }

    @Test
    void denseNetworksMakeAnySize() {
        assertThat(Networks.generator(recipe("mlp", 30, 1)).output()).isEqualTo(Shape.of(1, 30, 30));
    }

    @Test
    void anUnknownArchitectureIsAnsweredWithTheNearest() {
        Complaint.of(() -> recipe("dcgna", 32, 1))
                .isEqualTo("mine.yaml:2: generator.architecture is 'dcgna'. Did you mean 'dcgan'?");
        Complaint.of(() -> recipe("transformer", 32, 1))
                .endsWith("Known: mlp, dcgan, dcgan-keras, r3gan, unet, encoder-decoder, resnet, srresnet, rrdb.");
    }

    private static Recipe recipe(String architecture, int size, int channels) {
        String yaml = """
                data: {size: %d, channels: %d}
                generator: {architecture: %s}
                discriminator: {architecture: %s}
                train: {steps: 1}
                """.formatted(size, channels, architecture, architecture);
        return Recipe.parse("mine", yaml, "mine.yaml", StandardCatalogue.INSTANCE);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1×64×64, 2×64×64",
        "'objective: {conditional: false}', 1×64×64, 1×64×64",
        "'generator: {architecture: srresnet, scale: 4}', 1×16×16, 1×64×64",
        "'game: unpaired', 1×64×64, 1×64×64",
    })
    void theGameSaysWhatTheNetworksSee(String change, String input, String judged) {
        String yaml = "data: {size: 64, channels: 1}\ntrain: {steps: 1}\ndiscriminator: {architecture: patchgan}\n"
                + (change.startsWith("game") ? "" : "game: paired\n")
                + (change.startsWith("generator") ? "" : "generator: {architecture: unet}\n")
                + change;
        Recipe recipe = Recipe.parse("mine", yaml, "mine.yaml", StandardCatalogue.INSTANCE);

        assertThat(Architectures.input(recipe)).hasToString(input);
        assertThat(Networks.generator(recipe).input()).hasToString(input);
        assertThat(Networks.generator(recipe).output()).hasToString("1×64×64");
        assertThat(Networks.discriminator(recipe).input()).hasToString(judged);
        assertThat(Networks.discriminator(recipe).input()).hasToString(judged);
    }

    @Test
    void aScaleMustDivideThePictures() {
        String yaml = """
                data: {size: 64}
                game: paired
                generator: {architecture: srresnet, scale: 3}
                discriminator: {architecture: patchgan}
                train: {steps: 1}
                """;
        Recipe recipe = Recipe.parse("mine", yaml, "mine.yaml", StandardCatalogue.INSTANCE);

        Complaint.of(() -> Networks.generator(recipe))
                .isEqualTo("data.size is 64, which 3 (generator.scale) does not divide; set it to 66.");
    }
}
