package io.gander.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.layer.Initializer;
import io.gander.layer.Layers;
import io.gander.layer.Norm;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.network.MemoryFormat;
import io.gander.network.Network;
import org.junit.jupiter.api.Test;

class MemoryFormatTest {
    private static final Latent LATENT = new Latent(10, Latent.Distribution.NORMAL);

    private static Shape colour(int side) {
        return Shape.of(3, side, side);
    }

    @Test
    void convolutionsGoChannelsLast() {
        Dcgan.Generator dcgan = new Dcgan.Generator(LATENT, 4, Output.TANH);
        assertThat(MemoryFormat.channelsLast(dcgan.network(colour(64)))).isTrue();
        assertThat(MemoryFormat.channelsLast(dcgan.network(colour(28)))).isTrue();
        assertThat(MemoryFormat.channelsLast(new Dcgan.Discriminator(4, Norm.BATCH, false, false).network(colour(64))))
                .isTrue();
        SrResnet resnet = new SrResnet(4, 1, 4, true, false, Output.LINEAR);
        assertThat(MemoryFormat.channelsLast(resnet.network(colour(24), 3))).isTrue();
        assertThat(MemoryFormat.channelsLast(new EncoderDecoder(4, 4, Output.TANH).network(colour(64), 3)))
                .isTrue();
        assertThat(MemoryFormat.channelsLast(new PatchGan(4, 3, Norm.BATCH, false).network(colour(64))))
                .isTrue();
    }

    @Test
    void solidsGoTooButSoundsHaveOneFormatOnly() {
        Dcgan.Generator generator = new Dcgan.Generator(LATENT, 4, Output.TANH);
        Dcgan.Discriminator discriminator = new Dcgan.Discriminator(4, Norm.BATCH, false, false);
        Shape solid = Shape.of(1, 32, 32, 32);
        Shape sound = Shape.of(1, 64);
        assertThat(MemoryFormat.channelsLast(generator.network(solid))).isTrue();
        assertThat(MemoryFormat.channelsLast(discriminator.network(solid))).isTrue();
        assertThat(MemoryFormat.channelsLast(generator.network(sound))).isFalse();
        assertThat(MemoryFormat.channelsLast(discriminator.network(sound))).isFalse();
    }

    @Test
    void denseNetworksHaveNoChannels() {
        Network dense = new Network(
                "dense", colour(64), Layers.sequential(Layers.flatten(), Layers.dense(1)), Initializer.DCGAN);
        assertThat(MemoryFormat.channelsLast(dense)).isFalse();
    }

    @Test
    void instanceNormsAndTheBottomOfAUNetDoNot() {
        assertThat(MemoryFormat.channelsLast(new PatchGan(4, 3, Norm.INSTANCE, false).network(colour(64))))
                .isFalse();
        assertThat(MemoryFormat.channelsLast(
                        new ResnetTranslator(4, 1, Norm.INSTANCE, 0, false, Output.TANH).network(colour(64), 3)))
                .isFalse();
        assertThat(MemoryFormat.channelsLast(
                        new UNet(4, 0, Norm.BATCH, 0, true, false, Output.TANH).network(colour(64), 3)))
                .isFalse();
    }
}
