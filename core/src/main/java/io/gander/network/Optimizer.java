package io.gander.network;

import io.gander.layer.WeightSpec;
import io.gander.recipe.OptimizerRecipe;
import io.gander.tensor.AdamStep;
import io.gander.tensor.NoGrad;
import io.gander.tensor.RmsPropStep;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Moves a model's parameters against their gradients. Owns its state until closed. */
public abstract sealed class Optimizer implements AutoCloseable {
    private final List<String> names;
    final List<Tensor> parameters;
    final OptimizerRecipe recipe;

    private Optimizer(Model model, OptimizerRecipe recipe) {
        this.recipe = recipe;
        this.parameters = model.parameters();
        this.names = model.network().weights().stream()
                .filter(WeightSpec::trainable)
                .map(WeightSpec::name)
                .toList();
    }

    public static Optimizer create(Model model, OptimizerRecipe recipe) {
        return switch (recipe.algorithm()) {
            case ADAM -> new Adam(model, recipe);
            case RMSPROP -> new RmsProp(model, recipe);
        };
    }

    /**
     * One update.
     *
     * @param gradients of the parameters, in the model's order
     * @param step counts from 1
     * @param rate the learning rate of this step
     */
    public abstract void step(List<Tensor> gradients, long step, double rate);

    /** What must be saved to go on exactly: by kind and parameter, such as "square.3.weight". */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        buffers().forEach((kind, tensors) -> {
            for (int i = 0; i < tensors.size(); i++) {
                state.put(kind + "." + names.get(i), tensors.get(i));
            }
        });
        return state;
    }

    abstract Map<String, List<Tensor>> buffers();

    final List<Tensor> zeros() {
        List<Tensor> zeros = new ArrayList<>();
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            parameters.forEach(parameter -> zeros.add(parameter.zerosLike().keep()));
        }
        return zeros;
    }

    @Override
    public void close() {
        buffers().values().forEach(tensors -> tensors.forEach(Tensor::close));
    }

    private static final class Adam extends Optimizer {
        private final List<Tensor> means;
        private final List<Tensor> squares;

        Adam(Model model, OptimizerRecipe recipe) {
            super(model, recipe);
            this.means = zeros();
            this.squares = zeros();
        }

        @Override
        public void step(List<Tensor> gradients, long step, double rate) {
            AdamStep.apply(
                    parameters,
                    gradients,
                    means,
                    squares,
                    step,
                    rate,
                    recipe.beta1(),
                    recipe.beta2(),
                    recipe.epsilon());
        }

        @Override
        Map<String, List<Tensor>> buffers() {
            Map<String, List<Tensor>> buffers = new LinkedHashMap<>(); // the order is the order in the file
            buffers.put("mean", means);
            buffers.put("square", squares);
            return buffers;
        }
    }

    private static final class RmsProp extends Optimizer {
        private final List<Tensor> squares;

        RmsProp(Model model, OptimizerRecipe recipe) {
            super(model, recipe);
            this.squares = zeros();
        }

        @Override
        public void step(List<Tensor> gradients, long step, double rate) {
            RmsPropStep.apply(parameters, gradients, squares, rate, recipe.beta2(), recipe.epsilon());
        }

        @Override
        Map<String, List<Tensor>> buffers() {
            return Map.of("square", squares);
        }
    }
}
