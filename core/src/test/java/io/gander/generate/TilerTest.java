package io.gander.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.architecture.TranslatorArchitecture;
import io.gander.image.Bitmap;
import io.gander.layer.Conv;
import io.gander.layer.Dropout;
import io.gander.layer.Initializer;
import io.gander.layer.Layers;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.layer.Upsample;
import io.gander.network.LivelyModels;
import io.gander.network.Model;
import io.gander.network.Network;
import io.gander.recipe.Precision;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilerTest {
    private static final int SIDE = 32;

    /** Repeats pixels, and a convolution of 3×3 to whichever weights it is given. */
    private record Plain(int scale, boolean local, int multiple, Output output, double dropout)
            implements TranslatorArchitecture {
        Plain(int scale, boolean local, int multiple, Output output) {
            this(scale, local, multiple, output, 0);
        }

        @Override
        public Network network(Shape input, int channels) {
            return new Network(
                    "plain",
                    input,
                    Layers.sequential(
                            new Upsample(scale), new Conv(channels, 3, 1, 1, true), new Dropout(dropout, true)),
                    Initializer.DCGAN);
        }

        @Override
        public int multiple(Shape input) {
            return multiple;
        }

        /** Each channel to itself. */
        Model identity(int channels) {
            Model model = Model.create(network(Shape.of(channels, SIDE, SIDE), channels), 1);
            model.requiresGrad(false);
            Map<String, float[]> values = new LinkedHashMap<>();
            model.weights().forEach((name, weight) -> values.put(name, new float[(int) weight.count()]));
            float[] kernel = values.values().iterator().next();
            for (int channel = 0; channel < channels; channel++) {
                kernel[(channel * channels + channel) * 9 + 4] = 1;
            }
            model.load(values);
            return model;
        }
    }

    private static Bitmap noise(int channels, int height, int width) {
        byte[] pixels = new byte[channels * height * width];
        new Random(3).nextBytes(pixels);
        return new Bitmap(pixels, channels, height, width);
    }

    private static Bitmap run(Tiler tiler, Bitmap picture, int scale, List<Integer> progress) throws IOException {
        return run(tiler, picture, scale, 1, progress);
    }

    private static Bitmap run(Tiler tiler, Bitmap picture, int scale, long seed, List<Integer> progress)
            throws IOException {
        int row = picture.width() * scale * picture.channels();
        byte[] pixels = new byte[row * picture.height() * scale];
        int[] rows = new int[1];
        tiler.run(
                picture,
                seed,
                bytes -> System.arraycopy(bytes, 0, pixels, rows[0]++ * row, row),
                (done, of) -> progress.add(done == of ? -done : done));
        assertThat(rows[0]).isEqualTo(picture.height() * scale);
        return new Bitmap(pixels, picture.channels(), picture.height() * scale, picture.width() * scale);
    }

    @ParameterizedTest
    @CsvSource({
        "1, true, 1, LINEAR, 3",
        "1, false, 0, TANH, 3",
        "1, false, 8, SIGMOID, 1",
        "2, true, 4, TANH, 1",
        "3, true, 1, LINEAR, 3",
        "2, false, 0, LINEAR, 3"
    })
    void aNetworkThatChangesNothingGivesBackThePicture(
            int scale, boolean local, int multiple, Output output, int channels) throws IOException {
        Plain plain = new Plain(scale, local, multiple, output);
        try (Model model = plain.identity(channels)) {
            Tiler tiler = new Tiler(plain, model);
            int[][] sizes = {{1, 1}, {1, 70}, {45, 1}, {2, 3}, {SIDE, SIDE}, {SIDE - 1, SIDE + 1}, {97, 61}, {341, 700}
            };
            for (int[] size : sizes) {
                Bitmap picture = noise(channels, size[0], size[1]);
                List<Integer> progress = new ArrayList<>();
                Bitmap result = run(tiler, picture, scale, progress);

                int most = 0;
                for (int y = 0; y < result.height(); y++) {
                    for (int x = 0; x < result.width(); x++) {
                        for (int c = 0; c < channels; c++) {
                            int made = result.pixels()[(y * result.width() + x) * channels + c] & 255;
                            int real = picture.pixels()[(y / scale * size[1] + x / scale) * channels + c] & 255;
                            most = Math.max(most, Math.abs(made - real));
                        }
                    }
                }
                assertThat(most).as("%d×%d", size[0], size[1]).isLessThanOrEqualTo(1);
                int tiles = tiler.axis(size[0]).tiles() * tiler.axis(size[1]).tiles();
                assertThat(progress).hasSize(tiles).last().isEqualTo(-tiles);
            }
        }
    }

    /** Every pixel of the output sees 6 around its own: less than what is thrown away at a tile's edge. */
    private record Deep() implements TranslatorArchitecture {
        @Override
        public Network network(Shape input, int channels) {
            return new Network(
                    "deep",
                    input,
                    Layers.sequential(
                            new Conv(6, 9, 1, 4, true),
                            Layers.batchNorm(),
                            Layers.leakyRelu(),
                            new Upsample(2),
                            new Conv(channels, 5, 1, 2, true),
                            output().activation()),
                    Initializer.KAIMING);
        }

        @Override
        public int scale() {
            return 2;
        }

        @Override
        public int multiple(Shape input) {
            return 1;
        }

        @Override
        public boolean local() {
            return true;
        }

        @Override
        public Output output() {
            return Output.SIGMOID;
        }
    }

    /** In bfloat16 a sum in another order may round to the neighbouring value, which is half a per cent away. */
    @ParameterizedTest
    @CsvSource({"FLOAT32, 1", "BFLOAT16, 2"})
    void tilesGiveWhatThePictureInOnePieceGives(Precision precision, int levels) throws IOException {
        Bitmap picture = noise(3, 411, 650);
        Deep deep = new Deep();
        Network network = deep.network(Shape.of(3, SIDE, SIDE), 3);
        try (Model lively = LivelyModels.create(network, 5);
                Model model = Model.create(network, 5, precision);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            model.load(LivelyModels.weights(lively));
            Tiler tiler = new Tiler(deep, model);
            assertThat(tiler.axis(411).tiles()).isEqualTo(2);
            assertThat(tiler.axis(650).tiles()).isEqualTo(3);
            Bitmap tiled = run(tiler, picture, 2, new ArrayList<>());

            byte[] planes = new byte[3 * 411 * 650];
            picture.planes(planes, 0);
            byte[] whole = model.apply(Tensor.ofPixels(planes, 0, 1, 1, 3, 411, 650), false)
                    .toPixels(0, 1);
            Bitmap untiled = Bitmap.ofPlanes(whole, 0, 3, 822, 1300);
            Bitmap expected = untiled.crop(10, 10, 1280, 802); // where one has zeros and the other a reflection
            Bitmap actual = tiled.crop(10, 10, 1280, 802);
            int most = 0;
            int darkest = 255;
            int lightest = 0;
            for (int i = 0; i < expected.pixels().length; i++) {
                int value = expected.pixels()[i] & 255;
                most = Math.max(most, Math.abs(value - (actual.pixels()[i] & 255)));
                darkest = Math.min(darkest, value);
                lightest = Math.max(lightest, value);
            }
            assertThat(most).isLessThanOrEqualTo(levels);
            assertThat(lightest - darkest).as("there is something to differ").isGreaterThan(60);
        }
    }

    @Test
    void dropoutInUseIsNoiseOfSeedAndTile() throws IOException {
        Bitmap picture = new Bitmap(new byte[SIDE * 3 * SIDE], 1, SIDE, 3 * SIDE);
        java.util.Arrays.fill(picture.pixels(), (byte) 100);
        Plain plain = new Plain(1, false, 0, Output.LINEAR, 0.5);
        try (Model model = plain.identity(1)) {
            Tiler tiler = new Tiler(plain, model);
            Bitmap first = run(tiler, picture, 1, 1, new ArrayList<>());
            assertThat(run(tiler, picture, 1, 1, new ArrayList<>()).pixels()).isEqualTo(first.pixels());
            assertThat(run(tiler, picture, 1, 2, new ArrayList<>()).pixels()).isNotEqualTo(first.pixels());
            int last = tiler.axis(3 * SIDE).starts()[tiler.axis(3 * SIDE).tiles() - 1];
            assertThat(first.crop(last + 20, 0, 12, SIDE).pixels())
                    .isNotEqualTo(first.crop(20, 0, 12, SIDE).pixels());
        }
    }

    @Test
    void aPictureOfTheTrainingsSizeGoesThroughAsItIs() {
        Plain fixed = new Plain(1, false, 0, Output.TANH);
        try (Model model = fixed.identity(1)) {
            Axis axis = new Tiler(fixed, model).axis(SIDE);
            assertThat(axis.starts()).containsExactly(0);
            assertThat(axis.side()).isEqualTo(SIDE);
            assertThat(axis.shares(0, 1)).containsOnly(1);
        }
    }
}
