package io.gander.data;

import io.gander.error.UserError;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** MNIST (LeCun et al., 1998): 60,000 digits for training, 28×28, grey, from the data jar {@code gander-mnist}. */
public final class Mnist {
    private static final String TRAINING = "/io/gander/data/mnist/train-images-idx3-ubyte.gz";
    /** The first four bytes of an IDX file of unsigned bytes in three dimensions. */
    private static final int IDX_IMAGES = 0x00000803;

    private Mnist() {}

    /** The training digits. */
    public static Dataset training() {
        try (InputStream in = Mnist.class.getResourceAsStream(TRAINING)) {
            if (in == null) {
                throw new UserError("MNIST is not on the class path: add the dependency io.gander:gander-mnist.");
            }
            return idx("mnist", in);
        } catch (IOException e) {
            throw new UserError("the MNIST jar is damaged (" + e.getMessage() + "): build gander-mnist again.", e);
        }
    }

    private static Dataset idx(String name, InputStream gzipped) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(gzipped, 1 << 16))) {
            if (in.readInt() != IDX_IMAGES) {
                throw new IOException("not an IDX file of pictures");
            }
            int count = in.readInt();
            int rows = in.readInt();
            int columns = in.readInt();
            if (rows != columns) {
                throw new IOException("pictures of " + rows + "×" + columns);
            }
            List<byte[]> pictures = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                pictures.add(in.readNBytes(rows * columns));
            }
            return PixelStore.of(name, pictures, 1, rows);
        }
    }
}
