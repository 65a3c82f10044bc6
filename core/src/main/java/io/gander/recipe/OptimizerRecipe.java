package io.gander.recipe;

import java.util.List;

/**
 * How one player learns: the recipe's sections {@code train.generator} and {@code train.discriminator}.
 *
 * @param algorithm the optimiser
 * @param rate the learning rate at the first step
 * @param beta1 Adam: decay of the first moment
 * @param beta2 Adam: decay of the second moment; RMSprop: ρ, the decay of the squared gradient's mean
 * @param epsilon added to the root in the denominator
 * @param decay inverse-time decay: the rate at step t (from 0) is divided by 1 + decay·t, as Keras 2 did
 * @param schedule how the rate moves over the run
 * @param clip the largest norm of a player's whole gradient; 0 leaves it alone
 */
public record OptimizerRecipe(
        Algorithm algorithm,
        double rate,
        double beta1,
        double beta2,
        double epsilon,
        double decay,
        Schedule schedule,
        double clip) {
    /** The optimisers. */
    public enum Algorithm {
        /** Kingma and Ba, 2015. */
        ADAM,
        /** Hinton, 2012, as PyTorch and Keras define it (no momentum, not centred). */
        RMSPROP
    }

    /** How the learning rate moves. */
    public enum Schedule {
        CONSTANT,
        /** Constant for the first half of the steps, then straight down to 0 (Isola et al., 2017). */
        LINEAR,
        /** Half a cosine from the rate down to 0 (Loshchilov and Hutter, 2017). */
        COSINE
    }

    static OptimizerRecipe read(Section section) {
        Algorithm algorithm = section.choice("optimizer", Algorithm.class, Algorithm.ADAM);
        double rate = section.real("lr", 2e-4, 0, 10);
        double beta1 = 0;
        double beta2;
        if (algorithm == Algorithm.ADAM) {
            List<Double> betas = section.reals("betas", List.of(0.5, 0.999), 2, 0, 0.999999);
            beta1 = betas.get(0);
            beta2 = betas.get(1);
        } else {
            beta2 = section.real("rho", 0.9, 0, 0.999999);
        }
        double epsilon = section.real("epsilon", algorithm == Algorithm.ADAM ? 1e-8 : 1e-7, 0, 1);
        double decay = section.real("decay", 0.0, 0, 1);
        Schedule schedule = section.choice("schedule", Schedule.class, Schedule.CONSTANT);
        double clip = section.real("clip", 0.0, 0, Double.MAX_VALUE);
        return new OptimizerRecipe(algorithm, rate, beta1, beta2, epsilon, decay, schedule, clip);
    }

    /** The same at another rate over the run. */
    public OptimizerRecipe with(double otherRate, Schedule otherSchedule) {
        return new OptimizerRecipe(algorithm, otherRate, beta1, beta2, epsilon, decay, otherSchedule, clip);
    }

    /**
     * The learning rate of a step.
     *
     * @param step counts from 1
     * @param steps the length of the run
     */
    public double rateAt(long step, long steps) {
        double passed = (double) (step - 1) / Math.max(1, steps);
        double factor =
                switch (schedule) {
                    case CONSTANT -> 1;
                    case LINEAR -> Math.max(0, Math.min(1, 2 * (1 - passed)));
                    case COSINE -> (1 + Math.cos(Math.PI * Math.min(1, passed))) / 2;
                };
        return rate * factor / (1 + decay * (step - 1));
    }
}
