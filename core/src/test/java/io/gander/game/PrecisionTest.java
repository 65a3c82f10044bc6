package io.gander.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.gander.Tiny;
import io.gander.data.DataListener;
import io.gander.data.Datasets;
import io.gander.data.Split;
import io.gander.recipe.Recipe;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The first rounds in bfloat16 beside float32's: every game, loss and penalty, every kind of layer. A product has 8 binary digits,
 * an error of .2 % on average. Losses agree within 1 % of their size, the norms of gradients within 10 %: the networks are tiny, so
 * that few errors cancel.
 */
class PrecisionTest {
    private static final double LOSS = 0.01;
    private static final double GRADIENT = 0.1;

    private final Path folder;

    PrecisionTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** The parts of a tiny recipe that are changed, as {@code key=value key=value}; ␣ is a blank in a value. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mlp      |
                    mlp      | discriminator.spectral-norm=true discriminator.minibatch-deviation=true
                    mlp      | objective.unrolled=2
                    mlp      | objective.loss=minimax objective.packing=2
                    mlp      | generator.activation=leaky-relu train.generator={optimizer:␣rmsprop,␣lr:␣1e-3}
                    dcgan    |
                    dcgan    | objective.loss=hinge discriminator.spectral-norm=true discriminator.norm=none
                    dcgan    | objective.loss=wasserstein objective.gradient-penalty=10 discriminator.norm=none
                    dcgan    | objective.r1=1 objective.r2=1
                    dcgan    | objective.dragan=10
                    dcgan    | objective.zero-centred=10
                    dcgan    | objective.loss=relativistic-average augment.kinds=[flip] objective.instance-noise=0.1
                    dcgan    | objective.loss=least-squares train.discriminator.clip=0.1
                    r3gan    | objective.loss=relativistic-pairing objective.r1=1 objective.r2=1
                    keras    |
                    paired   |
                    paired   | objective.adversarial=0
                    unpaired |
                    unpaired | train.batch=6 generator={architecture:␣resnet,␣width:␣8,␣blocks:␣1,␣norm:␣batch}
                    sr       |
                    rrdb     |
                    """)
    void theFirstRoundsAreThoseOfFloat32(String base, String changes) {
        Recipe recipe = recipe(base);
        for (String change : changes == null ? new String[0] : changes.split(" ")) {
            String[] parts = change.split("=", 2);
            recipe = recipe.with(parts[0], parts[1].replace('␣', ' '));
        }
        List<Map<String, Double>> wide = play(recipe);
        List<Map<String, Double>> low = play(recipe.with("train.precision", "bfloat16"));
        assertThat(low).isNotEqualTo(wide);
        for (int round = 0; round < wide.size(); round++) {
            Map<String, Double> theirs = low.get(round);
            boolean sameWeights =
                    round == 0; // after it Adam has moved by the signs of gradients, however small these are
            wide.get(round).forEach((name, value) -> {
                boolean gradient = name.startsWith("grad");
                if (sameWeights || !gradient) {
                    double share = (gradient ? GRADIENT : LOSS) * Math.max(0.1, Math.abs(value));
                    assertThat(theirs.get(name)).as(name).isCloseTo(value, offset(share));
                }
            });
        }
    }

    private Recipe recipe(String base) {
        Path pictures = Tiny.pictures(folder.resolve("pictures"));
        return switch (base) {
            case "mlp" -> Tiny.mlp(pictures);
            case "dcgan" -> Tiny.dcgan(pictures);
            case "r3gan" ->
                Tiny.dcgan(pictures)
                        .with("generator", "{architecture: r3gan, latent: 5, width: 4, group: 2}")
                        .with("discriminator", "{architecture: r3gan, width: 4, group: 2}");
            case "keras" ->
                Tiny.dcgan(pictures)
                        .with("generator", "{architecture: dcgan-keras, latent: 5, width: 2}")
                        .with("discriminator", "{architecture: dcgan-keras, width: 2}");
            case "paired" -> Tiny.paired(pictures);
            case "unpaired" -> Tiny.unpaired(pictures);
            case "sr" -> enlarging(pictures, "{architecture: srresnet, scale: 2, width: 4, blocks: 1, bicubic: true}");
            case "rrdb" -> enlarging(pictures, "{architecture: rrdb, scale: 2, width: 4, blocks: 1, growth: 2}");
            default -> throw new IllegalArgumentException(base);
        };
    }

    private static Recipe enlarging(Path pictures, String generator) {
        return Tiny.paired(pictures)
                .with("degrade", "{}")
                .with("objective.conditional", false)
                .with("generator", generator);
    }

    /** What each of the first rounds measured. */
    private static List<Map<String, Double>> play(Recipe recipe) {
        List<Split> data = Datasets.split(recipe.data(), DataListener.SILENT, () -> false);
        try (Game game = GameOptions.of(recipe).create(recipe, data)) {
            return List.of(measured(game.play(1, true)), measured(game.play(2, true)));
        }
    }

    private static Map<String, Double> measured(Round round) {
        Map<String, Double> all = new LinkedHashMap<>();
        round.losses().forEach((player, loss) -> all.put("loss_" + player, loss));
        all.putAll(round.metrics());
        return all;
    }

    @Test
    void whatIsLearntAndKeptIsFloat32() {
        Recipe recipe = Tiny.dcgan(Tiny.pictures(folder.resolve("pictures"))).with("train.precision", "bfloat16");
        List<Split> data = Datasets.split(recipe.data(), DataListener.SILENT, () -> false);
        try (Game game = GameOptions.of(recipe).create(recipe, data)) {
            game.play(1, true);
            game.state().tensors().forEach((name, tensor) -> {
                if (name.endsWith(".weight")
                        && !name.contains("mean")) { // the first mean is (1 − β) times the gradient
                    assertThat(digits(tensor.toArray())).as(name).isGreaterThan(8);
                }
            });
        }
    }

    /** The most significant binary digits that any of the values has. */
    private static int digits(float[] values) {
        int most = 0;
        for (float value : values) {
            most = Math.max(most, 24 - Integer.numberOfTrailingZeros(Float.floatToRawIntBits(value) | 1 << 23));
        }
        return most;
    }
}
