package io.gander.data;

import io.gander.tensor.Draws;
import java.util.SplittableRandom;

/**
 * Three digits a picture, one a channel, drawn at random: 1,000 equally likely modes whose number a classifier of digits can count
 * (Metz et al., 2017, section 3.3.1; as many pictures as PacGAN's protocol has).
 */
final class Stacked implements Dataset {
    private static final int COUNT = 128_000;
    private static final int CHANNELS = 3;
    private static final long SEED = 2017;

    private final Dataset digits;

    /** Of grey pictures. */
    Stacked(Dataset digits) {
        this.digits = digits;
    }

    @Override
    public String name() {
        return "stacked-mnist";
    }

    @Override
    public int count() {
        return COUNT;
    }

    @Override
    public int channels() {
        return CHANNELS;
    }

    @Override
    public int side() {
        return digits.side();
    }

    @Override
    public void read(int index, byte[] target, int offset) {
        SplittableRandom random = Draws.of(SEED, index).random();
        for (int i = 0; i < CHANNELS; i++) {
            digits.read(random.nextInt(digits.count()), target, offset + i * digits.bytes());
        }
    }

    /** The digits' own: the rest follows from it. */
    @Override
    public String fingerprint() {
        return digits.fingerprint();
    }
}
