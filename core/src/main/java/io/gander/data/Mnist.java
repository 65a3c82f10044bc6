package io.gander.data;

import io.gander.error.UserError;
import io.gander.modality.Image;
import io.gander.source.Source;
import io.gander.source.Sources;
import java.io.InputStream;

/** MNIST (LeCun et al., 1998): 60,000 digits for training, 28×28, grey, from the data jar {@code gander-mnist}. */
final class Mnist {
    private static final String FOLDER = "/io/gander/data/mnist/";

    private Mnist() {}

    /** The training digits. */
    static Source training() {
        return Sources.idx(
                "mnist",
                () -> open("train-images-idx3-ubyte.gz"),
                () -> open("train-labels-idx1-ubyte.gz"),
                Image.pictures());
    }

    /** The 10,000 that nobody learns from. */
    static Source test() {
        return Sources.idx(
                "mnist-test",
                () -> open("t10k-images-idx3-ubyte.gz"),
                () -> open("t10k-labels-idx1-ubyte.gz"),
                Image.pictures());
    }

    private static InputStream open(String file) {
        InputStream in = Mnist.class.getResourceAsStream(FOLDER + file);
        if (in == null) {
            throw new UserError("MNIST is not on the class path: add the dependency io.gander:gander-mnist.");
        }
        return in;
    }
}
