package io.gander.data;

import io.gander.modality.Codec;
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
    private final Codec codec;

    /**
     * @param digits grey pictures
     * @param codec of three channels
     */
    Stacked(Dataset digits, Codec codec) {
        this.digits = digits;
        this.codec = codec;
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
    public Codec codec() {
        return codec;
    }

    @Override
    public void read(int index, byte[] target, int offset) {
        SplittableRandom random = Draws.of(SEED, index).random();
        for (int i = 0; i < CHANNELS; i++) {
            digits.read(
                    random.nextInt(digits.count()),
                    target,
                    offset + i * digits.codec().bytes());
        }
    }

    /** The digits' own: the rest follows from it. */
    @Override
    public String fingerprint() {
        return digits.fingerprint();
    }
}
