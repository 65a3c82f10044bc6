package io.gander.tensor;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.global.torch;

/** What is computed of covariances, in double precision. */
public final class Covariances {
    private Covariances() {}

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
