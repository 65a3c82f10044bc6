package io.gander.tensor;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** What is computed of covariances, in double precision. */
public final class Covariances {
    /** Points that are brought to double precision together. */
    private static final int ROWS = 1000;

    /**
     * The mean and the covariance of points.
     *
     * @param mean [d]
     * @param covariance [d, d] row by row, unbiased; NaN of a single point
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Moments(double[] mean, double[] covariance) {}

    private Covariances() {}

    /**
     * The moments of n points; not finite where a point is not.
     *
     * @param x n·d numbers, point by point
     * @param d numbers of a point
     */
    public static Moments moments(float[] x, int d) {
        int n = x.length / d;
        try (Scope scope = Scope.open()) {
            org.bytedeco.pytorch.Tensor points =
                    torch.from_blob(new FloatPointer(x), new long[] {n, d}, new TensorOptions(torch.ScalarType.Float));
            org.bytedeco.pytorch.Tensor mean = torch.zeros(d).to(torch.ScalarType.Double);
            for (int start = 0; start < n; start += ROWS) {
                mean.add_(rows(points, start, n).sum(0));
            }
            mean.div_(new Scalar((double) n));
            org.bytedeco.pytorch.Tensor covariance = torch.zeros(d, d).to(torch.ScalarType.Double);
            for (int start = 0; start < n; start += ROWS) {
                org.bytedeco.pytorch.Tensor centred = rows(points, start, n).sub_(mean);
                covariance.addmm_(centred.t(), centred);
            }
            covariance.div_(new Scalar(n - 1.0));
            return new Moments(values(mean), values(covariance));
        }
    }

    private static org.bytedeco.pytorch.Tensor rows(org.bytedeco.pytorch.Tensor points, int start, int n) {
        return points.narrow(0, start, Math.min(ROWS, n - start)).to(torch.ScalarType.Double);
    }

    private static double[] values(org.bytedeco.pytorch.Tensor tensor) {
        double[] values = new double[(int) tensor.numel()];
        tensor.data_ptr_double().get(values);
        return values;
    }

    /**
     * tr (A·B)^½ of two symmetric matrices without negative eigenvalues, computed as the sum of the singular values of A^½·B^½, which
     * stays true where they are singular.
     *
     * @param a row by row
     * @param n rows
     */
    public static double traceOfRoot(double[] a, double[] b, int n) {
        try (Scope scope = Scope.open()) {
            return torch.linalg_svdvals(torch.matmul(root(a, n), root(b, n)))
                    .sum()
                    .item_double();
        }
    }

    private static org.bytedeco.pytorch.Tensor root(double[] values, int n) {
        org.bytedeco.pytorch.Tensor matrix = torch.zeros(n, n).to(torch.ScalarType.Double);
        new DoublePointer(matrix.data_ptr_double()).put(values);
        T_TensorTensor_T parts = torch.linalg_eigh(matrix);
        org.bytedeco.pytorch.Tensor roots = torch.sqrt(torch.clamp(
                parts.get0(),
                new ScalarOptional(new Scalar(0.0)),
                new ScalarOptional(new Scalar(Double.MAX_VALUE)))); // rounding can take what is 0 below it
        org.bytedeco.pytorch.Tensor vectors = parts.get1();
        return torch.matmul(vectors.mul(roots), vectors.t());
    }
}
