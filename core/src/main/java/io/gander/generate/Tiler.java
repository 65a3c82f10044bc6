package io.gander.generate;

import io.gander.architecture.TranslatorArchitecture;
import io.gander.image.Bitmap;
import io.gander.image.RowSink;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.network.Model;
import io.gander.tensor.Draws;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;

/**
 * Takes a picture of any size through a network, tile by tile; what overlaps is blended. No more than a band of tiles is
 * held, whatever the picture's height.
 */
final class Tiler {
    /** Pixels of a local network's tile, each way, as it goes in: beyond, memory grows and time does not shrink. */
    private static final int LARGEST_INPUT = 256;

    /** The same as it comes out, where networks that enlarge hold most. */
    private static final int LARGEST_OUTPUT = 768;

    /** Pixels of reflection around a picture, so that the zeros of a network's padding lie outside. */
    private static final int BORDER = 16;

    /** Pixels that tiles of a local network have in common. What lies further away has little to say there. */
    private static final int LOCAL_OVERLAP = 32;

    private static final int LEAST_OVERLAP = 16;

    private final TranslatorArchitecture architecture;
    private final Model model;
    private final Shape input;
    private final Output output;
    private final int scale;

    /** @param model of the architecture's network; remains the caller's */
    Tiler(TranslatorArchitecture architecture, Model model) {
        this.architecture = architecture;
        this.model = model;
        this.input = model.network().input();
        this.output = architecture.output();
        this.scale = architecture.scale();
    }

    /** How a side of so many pixels is cut. */
    Axis axis(int length) {
        int trained = input.height();
        if (!architecture.local()) {
            return Axis.of(length, trained, overlap(trained));
        }
        int most = Math.max(trained, Math.min(LARGEST_INPUT, LARGEST_OUTPUT / scale));
        return Axis.fitted(
                length, BORDER, most, Math.min(LOCAL_OVERLAP, most / 2), Math.max(1, architecture.multiple(input)));
    }

    /** A quarter of the tile, but never so much that three tiles would meet. */
    private static int overlap(int side) {
        return Math.min(Math.max(side / 4, LEAST_OVERLAP), side / 2);
    }

    /**
     * Translates a picture.
     *
     * @param picture of the network's channels
     * @param seed of the noise, if the network draws any
     * @param sink gets rows of {@link TranslatorArchitecture#scale()} times the width, as many times as many
     * @param progress hears of every tile
     */
    void run(Bitmap picture, long seed, RowSink sink, ImageTranslator.Progress progress) throws IOException {
        Axis across = axis(picture.width());
        Axis down = axis(picture.height());
        int width = picture.width() * scale;
        int total = across.tiles() * down.tiles();
        Band band = new Band(
                input.channels(), width, picture.height() * scale, down.starts()[0] * scale, down.side() * scale);
        for (int row = 0; row < down.tiles(); row++) {
            float[] vertical = down.shares(row, scale);
            for (int column = 0; column < across.tiles(); column++) {
                int tile = row * across.tiles() + column;
                float[] values = translate(cut(picture, across, column, down, row), across, down, Draws.of(seed, tile));
                band.add(values, across.starts()[column] * scale, across.shares(column, scale), vertical);
                progress.tiles(tile + 1, total);
            }
            boolean last = row + 1 == down.tiles();
            band.finish(last ? picture.height() * scale : down.starts()[row + 1] * scale, output, sink);
        }
    }

    /** A tile's pixels, channel by channel. */
    private static byte[] cut(Bitmap picture, Axis across, int column, Axis down, int row) {
        int channels = picture.channels();
        byte[] planes = new byte[channels * down.side() * across.side()];
        int[] places = new int[across.side()];
        for (int x = 0; x < places.length; x++) {
            places[x] = channels * across.reflected(across.starts()[column] + x);
        }
        int plane = down.side() * across.side();
        for (int y = 0; y < down.side(); y++) {
            int source = down.reflected(down.starts()[row] + y) * picture.width() * channels;
            for (int x = 0; x < places.length; x++) {
                for (int channel = 0; channel < channels; channel++) {
                    planes[channel * plane + y * places.length + x] = picture.pixels()[source + places[x] + channel];
                }
            }
        }
        return planes;
    }

    private float[] translate(byte[] planes, Axis across, Axis down, Draws draws) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Tensor batch = Tensor.ofPixels(
                    planes, output.low(), output.high(), 1, input.channels(), down.side(), across.side());
            return model.apply(batch, false, draws).toArray();
        }
    }

    /** The rows of the output that are not finished yet: sums of what tiles say, weighted by their shares. */
    private static final class Band {
        private final int channels;
        private final int width;
        private final int height;
        private final int rows;
        private final float[] sums;
        private final byte[] bytes;

        /** The row of the picture that the first of the sums belong to; negative above the picture. */
        private int top;

        Band(int channels, int width, int height, int top, int rows) {
            this.channels = channels;
            this.width = width;
            this.height = height;
            this.top = top;
            this.rows = rows;
            this.sums = new float[Math.multiplyExact(rows, width * channels)];
            this.bytes = new byte[width * channels];
        }

        /** @param values channels·height·width of a tile that begins at the band's top */
        void add(float[] values, int left, float[] horizontal, float[] vertical) {
            int plane = vertical.length * horizontal.length;
            int from = Math.max(0, -left);
            int to = Math.min(horizontal.length, width - left);
            for (int y = Math.max(0, -top); y < Math.min(vertical.length, height - top); y++) {
                for (int channel = 0; channel < channels; channel++) {
                    int source = channel * plane + y * horizontal.length;
                    int target = (y * width + left) * channels + channel;
                    for (int x = from; x < to; x++) {
                        sums[target + x * channels] += vertical[y] * horizontal[x] * values[source + x];
                    }
                }
            }
        }

        /** Hands out the rows above {@code next}, where the next band begins, and moves down to it. */
        void finish(int next, Output range, RowSink sink) throws IOException {
            float scale = (float) (255 / (range.high() - range.low()));
            for (int y = Math.max(0, top); y < next; y++) {
                int start = (y - top) * bytes.length;
                for (int i = 0; i < bytes.length; i++) {
                    float value = (sums[start + i] - (float) range.low()) * scale + 0.5f;
                    bytes[i] = (byte) Math.max(0, Math.min(255, (int) value));
                }
                sink.row(bytes);
            }
            int done = next - top;
            System.arraycopy(sums, done * bytes.length, sums, 0, (rows - done) * bytes.length);
            Arrays.fill(sums, (rows - done) * bytes.length, sums.length, 0);
            top += done;
        }
    }
}
