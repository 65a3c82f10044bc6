package io.gander.network;

import static io.gander.layer.Layers.batchNorm;
import static io.gander.layer.Layers.conv;
import static io.gander.layer.Layers.convTranspose;
import static io.gander.layer.Layers.dense;
import static io.gander.layer.Layers.flatten;
import static io.gander.layer.Layers.relu;
import static io.gander.layer.Layers.sequential;
import static io.gander.layer.Layers.skip;
import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Networks;
import io.gander.architecture.Architectures;
import io.gander.game.StandardCatalogue;
import io.gander.layer.Binomial;
import io.gander.layer.Conv;
import io.gander.layer.ConvTranspose;
import io.gander.layer.Dense;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.Residual;
import io.gander.layer.Shape;
import io.gander.recipe.Recipe;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SummaryTest {
    static List<String> shipped() {
        return Recipe.shipped();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void theRowsAddUpToTheNetwork(String name) {
        Recipe recipe = Recipe.load(name, StandardCatalogue.INSTANCE);
        for (Network network : List.of(Networks.generator(recipe), Networks.discriminator(recipe))) {
            Summary summary = Summary.of(network);

            assertThat(sum(summary, Summary.Row::parameters))
                    .isEqualTo(summary.parameters())
                    .isEqualTo(network.parameters());
            assertThat(sum(summary, Summary.Row::flops))
                    .isEqualTo(summary.flops())
                    .isEqualTo(network.flops());
            assertThat(sum(summary, Summary.Row::statistics))
                    .isEqualTo(summary.statistics())
                    .isEqualTo(network.values() - network.parameters());
            assertThat(summary.rows().get(summary.rows().size() - 1).output()).isEqualTo(summary.output());
            assertThat(summary.input()).isEqualTo(network.input());
            assertThat(summary.rows()).map(Summary.Row::place).doesNotHaveDuplicates();
        }
    }

    @Test
    void countsTheOperationsOfADenseLayer() {
        // 20 outputs, each 10 multiplies and 10 adds; then 20 biases.
        assertThat(new Dense(20, true).flops(Shape.of(10))).isEqualTo(420);
        assertThat(new Dense(20, false).flops(Shape.of(10))).isEqualTo(400);
    }

    @Test
    void countsTheOperationsOfAConvolution() {
        // 8·14·14 outputs, each 3·4·4 multiplies and as many adds: 1,568 · 96.
        assertThat(conv(8, 4, 2, 1).flops(Shape.of(3, 28, 28))).isEqualTo(150_528);
        assertThat(new Conv(8, 4, 2, 1, true).flops(Shape.of(3, 28, 28))).isEqualTo(150_528 + 1_568);
    }

    @Test
    void countsTheOperationsAlongEveryAxis() {
        // 8·14 outputs, each 3·4 multiplies and as many adds; 8·14³ outputs, each 3·4³.
        assertThat(conv(8, 4, 2, 1).flops(Shape.of(3, 28))).isEqualTo(2 * 8 * 14 * 3 * 4);
        assertThat(conv(8, 4, 2, 1).flops(Shape.of(3, 28, 28, 28))).isEqualTo(2L * 8 * 14 * 14 * 14 * 3 * 64);
        // 16·7 inputs, each spread over 8·4 outputs; 16·7³ inputs over 8·4³.
        assertThat(convTranspose(8, 4, 2, 1).flops(Shape.of(16, 7))).isEqualTo(2 * 16 * 7 * 8 * 4);
        assertThat(convTranspose(8, 4, 2, 1).flops(Shape.of(16, 7, 7, 7))).isEqualTo(2L * 16 * 343 * 8 * 64);
        // The filter's 3 and 3³ products for each input, which are more than the outputs.
        assertThat(Binomial.DOWN.flops(Shape.of(2, 8))).isEqualTo(2 * 3 * 16);
        assertThat(Binomial.DOWN.flops(Shape.of(2, 8, 8, 8))).isEqualTo(2 * 27 * 1024);
    }

    @Test
    void aSolidsDcganAddsUp() {
        Recipe recipe = Recipe.load("dcgan-64", StandardCatalogue.INSTANCE);
        Network network = Architectures.discriminator(recipe).network(Shape.of(1, 32, 32, 32));

        // (1·64 + 64·128 + 128·256)·4³ weights, 2·(128 + 256) of the norms, 256·4³ of the last layer
        assertThat(network.parameters()).isEqualTo((64 + 64 * 128 + 128 * 256) * 64 + 768 + 256 * 64);
        assertThat(Summary.of(network).rows())
                .extracting(row -> row.output().toString())
                .startsWith("64×16×16×16", "64×16×16×16", "128×8×8×8")
                .endsWith("1×1×1×1", "1");
        assertThat(sum(Summary.of(network), Summary.Row::flops)).isEqualTo(network.flops());
    }

    @Test
    void countsTheOperationsOfATransposedConvolution() {
        // 16·7·7 inputs, each spread over 8·4·4 outputs by a multiply and an add: 784 · 256.
        assertThat(convTranspose(8, 4, 2, 1).flops(Shape.of(16, 7, 7))).isEqualTo(200_704);
        // and a bias for each of 8·14·14 outputs
        assertThat(new ConvTranspose(8, 4, 2, 1, 0, true).flops(Shape.of(16, 7, 7)))
                .isEqualTo(200_704 + 1_568);
    }

    @Test
    void readsAsATable() {
        Layer layer = sequential(conv(2, 4, 2, 1), sequential(batchNorm(), relu()), flatten(), dense(1));

        String text = Summary.of(new Network("judge", Shape.of(1, 8, 8), layer, Initializer.DCGAN))
                .toString();

        // The convolution: 2·1·4·4 weights, 2·4·4 outputs of 2·16 operations. The dense layer: 32 + 1, 2·32 + 1.
        assertThat(text.lines())
                .containsExactly(
                        "judge: 1×8×8 → 1",
                        "         layer                                    output   parameters          FLOPs",
                        "  0      conv 2, kernel 4, stride 2                2×4×4           32          1,024",
                        "  1.0    batchNorm                                 2×4×4            4             64",
                        "  1.1    relu                                      2×4×4            0             32",
                        "  2      flatten                                      32            0              0",
                        "  3      dense 1                                       1           33             65",
                        "  total                                                            69          1,185",
                        "  and 4 running statistics of batch norm: 73 values in all");
    }

    @Test
    void whatGoesAroundLayersComesAfterThem() {
        Layer layer = sequential(skip(conv(2, 3, 1, 1)), new Residual(sequential(relu(), relu()), 0.2));

        Summary summary = Summary.of(new Network("both", Shape.of(1, 4, 4), layer, Initializer.DCGAN));

        assertThat(summary.rows())
                .extracting(row -> row.place() + " " + row.layer() + " " + row.output() + " " + row.flops())
                .containsExactly(
                        "0.0 conv 2, kernel 3, stride 1 2×4×4 576", // 2·16 outputs of 2·9 operations
                        "0 skip 3×4×4 0",
                        "1.0 relu 3×4×4 48",
                        "1.1 relu 3×4×4 48",
                        "1 residual 0.2 3×4×4 96"); // a multiply and an add
        assertThat(sum(summary, Summary.Row::flops)).isEqualTo(summary.flops());
        assertThat(sum(summary, Summary.Row::parameters)).isEqualTo(summary.parameters());
    }

    @Test
    void saysNothingOfStatisticsWhereThereAreNone() {
        Summary summary = Summary.of(new Network("judge", Shape.of(8), sequential(dense(1)), Initializer.DCGAN));

        assertThat(summary.toString()).doesNotContain("running statistics");
        assertThat(summary.statistics()).isZero();
    }

    private static long sum(Summary summary, ToLongFunction<Summary.Row> column) {
        return summary.rows().stream().mapToLong(column).sum();
    }
}
