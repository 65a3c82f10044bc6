package io.gander.generate;

import io.gander.architecture.GeneratorArchitecture;
import io.gander.architecture.Latent;
import io.gander.error.Names;
import io.gander.error.ShellCommand;
import io.gander.error.UserError;
import io.gander.game.GameOptions;
import io.gander.modality.Codec;
import io.gander.network.Inference;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import io.gander.tensor.Bfloat16;
import io.gander.tensor.Draws;
import io.gander.tensor.Engine;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A trained generator, ready for use. The same seed gives the same samples, alone or in a batch: sample i of a seed comes
 * from latent (seed, i). Any number of threads may use it at once, and get the bytes that one gets. Owns native memory until
 * closed: {@link #close} waits for those at work, and whoever asks later meets an {@link IllegalStateException}.
 */
public final class Generator implements AutoCloseable {
    /** Samples that go through the network together. */
    private static final int BATCH = 64;

    /** Stands for all classes. */
    public static final int ANY = -1;

    private final Trained trained;
    private final Codec codec;
    private final Latent latent;
    private final Inference model;
    private final Usage usage = new Usage("generator");

    private Generator(Trained trained, GeneratorArchitecture architecture, Inference model) {
        this.trained = trained;
        this.codec = trained.codec().within(architecture.output());
        this.latent = architecture.latent();
        this.model = model;
    }

    /**
     * Opens the generator of a run.
     *
     * @throws UserError if the run makes pictures from pictures, or has no such checkpoint
     */
    public static Generator open(RunDirectory run, Weights weights) {
        Engine.load();
        Trained trained = Trained.open(run, weights.step());
        if (!(trained.recipe().generator() instanceof GeneratorArchitecture architecture)) {
            throw new UserError(run.path() + " makes pictures from pictures, not from noise; use: "
                    + ShellCommand.of("translate", run.path(), "PICTURE", "--out", "FILE"));
        }
        GameOptions game = GameOptions.of(trained.recipe());
        Inference model = Inference.of(
                game.generator(trained.recipe(), trained.classes().size()),
                trained.checkpoint().generator(game.generator(false, run.path()), weights.average()),
                Bfloat16.resolve(weights.precision()));
        return new Generator(trained, architecture, model);
    }

    /** The recipe that it was trained with. */
    public Recipe recipe() {
        return trained.recipe();
    }

    /** The rounds that it was trained for. */
    public long step() {
        return trained.checkpoint().step();
    }

    /** What its samples are. */
    public Codec codec() {
        return codec;
    }

    /**
     * Samples of a seed as pictures.
     *
     * @param count how many, from sample 0
     * @throws UserError if count is not positive
     */
    public List<BufferedImage> images(int count, long seed) {
        return images(count, seed, ANY);
    }

    /**
     * The same, of one class.
     *
     * @param label a place in {@link #classes()}, as {@link #label} finds it; or {@link #ANY}: one class after the other
     */
    public List<BufferedImage> images(int count, long seed, int label) {
        requirePositive(count);
        List<BufferedImage> images = new ArrayList<>();
        try (Usage.Use use = usage.begin()) {
            for (int start = 0; start < count; start += BATCH) {
                try (Scope scope = Scope.open()) {
                    images.addAll(codec.pictures(made(start, Math.min(BATCH, count - start), seed, label)));
                }
            }
        }
        return images;
    }

    /** The classes that it makes samples of; empty if it was not trained with labels. */
    public List<String> classes() {
        return trained.classes();
    }

    /**
     * The place of a class in {@link #classes()}.
     *
     * @param name the class's name, or its number from 0
     * @throws UserError if there is none
     */
    public int label(String name) {
        requireClasses();
        int label = classes().indexOf(name);
        if (label < 0
                && name.matches("\\d{1,6}")
                && Integer.parseInt(name) < classes().size()) {
            label = Integer.parseInt(name);
        }
        if (label < 0) {
            throw new UserError("there is no class '" + name + "' in this run." + Names.hint(name, classes()));
        }
        return label;
    }

    void requireClasses() {
        if (classes().isEmpty()) {
            throw new UserError("this run was not trained with labels; train one with objective.labels=projection.");
        }
    }

    /**
     * Samples {@code from} to {@code from + count − 1} of a seed as the network makes them: [count, …] with the sizes of the codec's
     * shape, for the {@link #codec}. They belong to the caller's
     * {@link Scope}, which frees them; without one the caller closes them.
     *
     * @param label a place in {@link #classes()}, or {@link #ANY}: one class after the other
     */
    public Tensor made(long from, int count, long seed, int label) {
        requirePositive(count);
        requireLabel(label);
        List<float[]> inputs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            inputs.add(input(latent(seed, from + i), label == ANY ? from + i : label));
        }
        return made(inputs);
    }

    /** The same for whoever measures them, in the codec's {@linkplain Codec#natural natural} range, such as pictures in 0…1. */
    public Tensor samples(long from, int count, long seed) {
        return codec.natural(made(from, count, seed, ANY));
    }

    /** The latent and, behind it, the class as one-hot numbers. */
    private float[] input(float[] noise, long label) {
        int classes = classes().size();
        float[] input = Arrays.copyOf(noise, noise.length + classes);
        if (classes > 0) {
            input[noise.length + (int) (label % classes)] = 1;
        }
        return input;
    }

    /**
     * Walks between the latents of a seed: from one sample to the next in even steps on the sphere (or the line, for uniform
     * latents). One walk after the other, as {@link #made} gives samples.
     *
     * @param steps samples a walk, ends included; at least 2
     * @param label a place in {@link #classes()}, or {@link #ANY}: walk by walk one class after the other
     */
    public Tensor interpolations(int walks, int steps, long seed, int label) {
        requirePositive(walks);
        if (steps < 2) {
            throw new UserError("a walk needs at least 2 samples, its two ends; found " + steps + ".");
        }
        requireLabel(label);
        List<float[]> latents = new ArrayList<>(walks * steps);
        for (int walk = 0; walk < walks; walk++) {
            float[] from = latent(seed, 2L * walk);
            float[] to = latent(seed, 2L * walk + 1);
            for (int i = 0; i < steps; i++) {
                float[] between = Interpolation.between(from, to, (double) i / (steps - 1), latent);
                latents.add(input(between, label == ANY ? walk : label));
            }
        }
        return made(latents);
    }

    /**
     * Sample i of a seed as numbers in the network's own range, such as channels·height·width values in [−1, 1] (or [0, 1] for a
     * sigmoid generator), channel by channel.
     */
    public float[] values(long seed, int index) {
        try (Scope scope = Scope.open()) {
            return made(index, 1, seed, ANY).toArray();
        }
    }

    private void requireLabel(int label) {
        if (label == ANY) {
            return;
        }
        requireClasses();
        if (label < 0 || label >= classes().size()) {
            throw new UserError("label must be from 0 to " + (classes().size() - 1) + "; found " + label + ".");
        }
    }

    private static void requirePositive(int count) {
        if (count < 1) {
            throw new UserError("count must be at least 1; found " + count + ".");
        }
    }

    private float[] latent(long seed, long index) {
        try (Scope scope = Scope.open()) {
            return latent.draw(1, Draws.of(seed, index)).toArray();
        }
    }

    private Tensor made(List<float[]> inputs) {
        List<Tensor> parts = new ArrayList<>();
        try (Usage.Use use = usage.begin()) {
            for (int start = 0; start < inputs.size(); start += BATCH) {
                try (Scope batch = Scope.open()) { // what lies between input and output goes with each batch
                    parts.add(model.apply(together(inputs.subList(start, Math.min(inputs.size(), start + BATCH))))
                            .keep());
                }
            }
            return Tensor.concat(0, parts.toArray(new Tensor[0]));
        } finally {
            parts.forEach(Tensor::close);
        }
    }

    private static Tensor together(List<float[]> inputs) {
        int size = inputs.get(0).length;
        float[] batch = new float[inputs.size() * size];
        for (int i = 0; i < inputs.size(); i++) {
            System.arraycopy(inputs.get(i), 0, batch, i * size, size);
        }
        return Tensor.of(batch, inputs.size(), size);
    }

    @Override
    public void close() {
        usage.end(model::close);
    }
}
