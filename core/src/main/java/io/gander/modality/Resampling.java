package io.gander.modality;

import io.gander.image.Bicubic;
import io.gander.tensor.Tensor;

/** Changes the size of batches, or blurs them, on the engine: A·x·Bᵀ over height and width, for weights A and B. */
public final class Resampling {
    private Resampling() {}

    /**
     * Bicubic, as the papers on super-resolution do it: see {@link Bicubic}.
     *
     * @param batch [n, c, h, w]
     * @return [n, c, height, width]
     */
    public static Tensor bicubic(Tensor batch, int height, int width) {
        long[] shape = batch.shape();
        Tensor rows = tensor(Bicubic.matrix((int) shape[2], height));
        Tensor columns = tensor(Bicubic.matrix((int) shape[3], width));
        return batch.resample(rows, columns);
    }

    /**
     * A Gaussian blur; borders are mirrored.
     *
     * @param batch [n, c, h, w]
     * @param sigma pixels, one for each picture
     */
    public static Tensor blur(Tensor batch, double[] sigma) {
        long[] shape = batch.shape();
        Tensor rows = gaussians((int) shape[2], sigma);
        Tensor columns = gaussians((int) shape[3], sigma);
        return batch.resample(rows, columns);
    }

    /** [n, 1, length, length]. */
    private static Tensor gaussians(int length, double[] sigma) {
        float[] values = new float[sigma.length * length * length];
        for (int n = 0; n < sigma.length; n++) {
            int reach = (int) Math.ceil(4 * sigma[n]);
            double sum = 0;
            for (int j = -reach; j <= reach; j++) {
                sum += gaussian(j, sigma[n]);
            }
            for (int i = 0; i < length; i++) {
                for (int j = -reach; j <= reach; j++) {
                    int place = mirrored(i + j, length);
                    values[(n * length + i) * length + place] += (float) (gaussian(j, sigma[n]) / sum);
                }
            }
        }
        return Tensor.of(values, sigma.length, 1, length, length);
    }

    /** A place beyond the ends, reflected; the end itself is repeated. */
    private static int mirrored(int place, int length) {
        int period = Math.floorMod(place, 2 * length);
        return period < length ? period : 2 * length - 1 - period;
    }

    private static double gaussian(int x, double sigma) {
        return sigma == 0 ? 1 : Math.exp(-0.5 * x * x / (sigma * sigma)); // σ 0 reaches no further than x = 0
    }

    private static Tensor tensor(double[][] matrix) {
        int columns = matrix[0].length;
        float[] values = new float[matrix.length * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) matrix[i / columns][i % columns];
        }
        return Tensor.of(values, matrix.length, columns);
    }
}
