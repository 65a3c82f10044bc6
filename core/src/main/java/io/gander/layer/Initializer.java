package io.gander.layer;

import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;

/** How weights start. */
public enum Initializer {
    /** Keras's default: kernels uniform in ±√(6 / (fan in + fan out)), biases 0 (Glorot and Bengio, 2010). */
    GLOROT_UNIFORM {
        @Override
        Tensor kernel(WeightSpec spec, Draws draws) {
            double limit = Math.sqrt(6.0 / (spec.fanIn() + spec.fanOut()));
            return draws.uniform(-limit, limit, spec.engineSizes());
        }
    },
    /** DCGAN's: kernels N(0, .02), γ N(1, .02), biases and β 0 (Radford et al., 2016). */
    DCGAN {
        @Override
        Tensor kernel(WeightSpec spec, Draws draws) {
            return draws.normal(spec.engineSizes()).scale(0.02);
        }

        @Override
        Tensor scale(WeightSpec spec, Draws draws) {
            return draws.normal(spec.engineSizes()).scale(0.02).add(1);
        }
    },
    /**
     * PyTorch's default: kernels and biases uniform in ±1/√(fan in), which is Kaiming's uniform with a = √5 (He et al.,
     * 2015).
     */
    KAIMING {
        @Override
        Tensor kernel(WeightSpec spec, Draws draws) {
            return inverseRoot(spec, draws);
        }

        @Override
        Tensor bias(WeightSpec spec, Draws draws) {
            return inverseRoot(spec, draws);
        }
    },
    /**
     * ESRGAN's: in the residual branches that are scaled down, kernels N(0, 2 / fan in)·.1 and biases 0; all else as {@link
     * #KAIMING} (Wang et al., 2018, section 3.1).
     */
    KAIMING_DAMPED {
        @Override
        Tensor kernel(WeightSpec spec, Draws draws) {
            return spec.damped()
                    ? draws.normal(spec.engineSizes()).scale(0.1 * Math.sqrt(2.0 / spec.fanIn()))
                    : inverseRoot(spec, draws);
        }

        @Override
        Tensor bias(WeightSpec spec, Draws draws) {
            return spec.damped() ? Tensor.zeros(spec.engineSizes()) : inverseRoot(spec, draws);
        }
    },
    /**
     * Kernels N(0, gain² / fan in), with a gain that each layer names, and biases 0: the variance-preserving start of networks without
     * normalisation (He et al., 2015; Zhang et al., 2019, Fixup).
     */
    GAIN {
        @Override
        Tensor kernel(WeightSpec spec, Draws draws) {
            return draws.normal(spec.engineSizes()).scale(spec.gain() / Math.sqrt((double) spec.fanIn()));
        }
    };

    private static final double PRELU_SLOPE = 0.25;

    abstract Tensor kernel(WeightSpec spec, Draws draws);

    Tensor bias(WeightSpec spec, Draws draws) {
        return Tensor.zeros(spec.engineSizes());
    }

    Tensor scale(WeightSpec spec, Draws draws) {
        return Tensor.full(1, spec.engineSizes());
    }

    private static Tensor inverseRoot(WeightSpec spec, Draws draws) {
        double limit = 1.0 / Math.sqrt((double) spec.fanIn());
        return draws.uniform(-limit, limit, spec.engineSizes());
    }

    /** A weight as it starts, of one place's draws. */
    public Tensor make(WeightSpec spec, Draws draws) {
        return switch (spec.role()) {
            case KERNEL -> kernel(spec, draws);
            case EMBEDDING, DIRECTION -> draws.normal(spec.engineSizes()); // as wide as the latents beside it
            case SCALE -> scale(spec, draws);
            case RUNNING_VARIANCE -> Tensor.full(1, spec.engineSizes());
            case BIAS -> bias(spec, draws);
            case SLOPE -> Tensor.full(PRELU_SLOPE, spec.engineSizes());
            case SHIFT, RUNNING_MEAN -> Tensor.zeros(spec.engineSizes());
        };
    }
}
