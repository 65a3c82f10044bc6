package io.gander.game;

import io.gander.Raw;
import io.gander.data.Dataset;
import io.gander.modality.Codec;
import java.util.SplittableRandom;

/** Made-up data whose moments are known: 8×8 grey pictures of a disc, each of a brightness of its own, on dark ground. */
record Discs(int count) implements Dataset {
    static final int SIDE = 8;
    private static final Codec CODEC = Raw.pictures(1, 1, SIDE);

    static boolean inside(int pixel) {
        int row = pixel / SIDE;
        double x = pixel % SIDE - 3.5;
        double y = row - 3.5;
        return x * x + y * y < 9;
    }

    @Override
    public String name() {
        return "discs";
    }

    @Override
    public Codec codec() {
        return CODEC;
    }

    @Override
    public void read(int index, byte[] target, int offset) {
        int brightness = new SplittableRandom(index).nextInt(100, 256);
        for (int i = 0; i < SIDE * SIDE; i++) {
            target[offset + i] = (byte) (inside(i) ? brightness : 20);
        }
    }

    @Override
    public String fingerprint() {
        return "discs";
    }
}
