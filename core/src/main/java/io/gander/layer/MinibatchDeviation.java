package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.Arrays;

/**
 * Shows a discriminator how much the examples of a batch differ: one more channel with the standard deviation over groups of four, averaged
 * over everything else (Karras et al., 2018, Progressive GAN; groups as in StyleGAN).
 */
public record MinibatchDeviation() implements Layer {
    private static final long GROUP = 4;
    private static final double EPSILON = 1e-8;

    @Override
    public Shape output(Shape input) {
        return input.with(input.channels() + 1);
    }

    @Override
    public long flops(Shape input) {
        return 4 * input.count();
    }

    @Override
    public boolean independent() {
        return false;
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        long[] shape = x.shape();
        long n = shape[0];
        long group = n % GROUP == 0 ? GROUP : n; // else all together
        Tensor parts = x.float32().reshape(group, n / group, -1);
        Tensor deviation =
                parts.sub(parts.mean(0)).square().mean(0).add(EPSILON).sqrt().mean(2); // [1, n / group, 1]
        Tensor[] same = new Tensor[(int) group];
        Arrays.fill(same, deviation);
        long[] one = shape.clone();
        Arrays.fill(one, 1, one.length, 1);
        long[] channel = shape.clone();
        channel[0] = 1;
        channel[1] = 1;
        Tensor each = Tensor.concat(0, same).reshape(one).like(x);
        return Tensor.concat(1, x, each.mul(Tensor.full(1, channel).like(x)));
    }

    @Override
    public String toString() {
        return "minibatch deviation";
    }
}
