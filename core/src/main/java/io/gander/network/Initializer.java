package io.gander.network;

import io.gander.tensor.Tensor;

/** How weights start. */
public enum Initializer {
    /** Keras's default: kernels uniform in ±√(6 / (fan in + fan out)), biases 0 (Glorot and Bengio, 2010). */
    GLOROT_UNIFORM {
        @Override
        Tensor kernel(WeightSpec spec) {
            double limit = Math.sqrt(6.0 / (spec.fanIn() + spec.fanOut()));
            return Tensor.uniform(-limit, limit, spec.engineSizes());
        }

        @Override
        Tensor scale(WeightSpec spec) {
            return Tensor.full(1, spec.engineSizes());
        }
    },
    /** DCGAN's: kernels N(0, .02), γ N(1, .02), biases and β 0 (Radford et al., 2016). */
    DCGAN {
        @Override
        Tensor kernel(WeightSpec spec) {
            return Tensor.randn(spec.engineSizes()).scale(0.02);
        }

        @Override
        Tensor scale(WeightSpec spec) {
            return Tensor.randn(spec.engineSizes()).scale(0.02).add(1);
        }
    };

    abstract Tensor kernel(WeightSpec spec);

    abstract Tensor scale(WeightSpec spec);

    Tensor make(WeightSpec spec) {
        return switch (spec.role()) {
            case KERNEL -> kernel(spec);
            case SCALE -> scale(spec);
            case RUNNING_VARIANCE -> Tensor.full(1, spec.engineSizes());
            case BIAS, SHIFT, RUNNING_MEAN -> Tensor.zeros(spec.engineSizes());
        };
    }
}
