package io.gander.generate;

import io.gander.architecture.Architectures;
import io.gander.architecture.GeneratorArchitecture;
import io.gander.data.Pictures;
import io.gander.error.Names;
import io.gander.error.UserError;
import io.gander.game.StandardCatalogue;
import io.gander.network.Inference;
import io.gander.recipe.Recipe;
import io.gander.run.Checkpoint;
import io.gander.run.RunDirectory;
import io.gander.tensor.Draws;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A trained generator, ready for use. The same seed gives the same picture, alone or in a batch: picture i of a seed comes
 * from latent (seed, i). Any number of threads may use it at once, and get the bytes that one gets. Owns native memory until
 * closed: {@link #close} waits for those at work, and whoever asks later meets an {@link IllegalStateException}.
 */
public final class ImageGenerator implements AutoCloseable {
    /** Pictures that go through the network together. */
    private static final int BATCH = 64;

    /** Stands for all classes. */
    public static final int ANY = -1;

    private final Recipe recipe;
    private final GeneratorArchitecture architecture;
    private final Inference model;
    private final long step;
    private final Usage usage = new Usage("generator");

    private ImageGenerator(Recipe recipe, GeneratorArchitecture architecture, Inference model, long step) {
        this.recipe = recipe;
        this.architecture = architecture;
        this.model = model;
        this.step = step;
    }

    /**
     * Opens the generator of a run's newest whole checkpoint.
     *
     * @param average whether to take the moving average of the weights, if the run kept one
     */
    public static ImageGenerator open(RunDirectory run, boolean average, Consumer<String> warnings) {
        return open(run, OptionalLong.empty(), average, warnings);
    }

    /**
     * Opens the generator of a run's checkpoint.
     *
     * @param at the checkpoint's step; empty for the newest whole one
     */
    public static ImageGenerator open(RunDirectory run, OptionalLong at, boolean average, Consumer<String> warnings) {
        Recipe recipe = run.recipe(StandardCatalogue.INSTANCE);
        if (recipe.game() != Recipe.Game.NOISE) {
            throw new UserError(run.path() + " makes pictures from pictures, not from noise; use 'gander translate "
                    + run.path() + " PICTURE --out FILE'.");
        }
        Checkpoint checkpoint = at.isPresent() ? run.checkpointAt(at.getAsLong()) : run.newestCheckpoint(warnings);
        Inference model = Inference.of(Architectures.generatorNetwork(recipe), checkpoint.generator(average));
        return new ImageGenerator(recipe, Architectures.generator(recipe), model, checkpoint.step());
    }

    /** The recipe that it was trained with. */
    public Recipe recipe() {
        return recipe;
    }

    /** The rounds that it was trained for. */
    public long step() {
        return step;
    }

    /**
     * Pictures of a seed.
     *
     * @param count how many, from picture 0
     * @throws UserError if count is not positive
     */
    public List<BufferedImage> images(int count, long seed) {
        Pictures pictures = pictures(0, count, seed);
        List<BufferedImage> images = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            images.add(pictures.image(i));
        }
        return images;
    }

    /** The classes that it makes pictures of; empty if it was not trained with labels. */
    public List<String> classes() {
        return recipe.objective().noise().conditional() ? recipe.data().classes() : List.of();
    }

    /**
     * The place of a class in {@link #classes()}.
     *
     * @param name the class's name, or its number from 0
     * @throws UserError if there is none
     */
    public int label(String name) {
        if (classes().isEmpty()) {
            throw new UserError("this run was not trained with labels; train one with objective.labels=projection.");
        }
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

    /** Pictures {@code from} to {@code from + count − 1} of a seed, as bytes; one class after the other, if there are classes. */
    public Pictures pictures(long from, int count, long seed) {
        return pictures(from, count, seed, ANY);
    }

    /**
     * Pictures of one class.
     *
     * @param label a place in {@link #classes()}, or {@link #ANY}: one class after the other
     */
    public Pictures pictures(long from, int count, long seed, int label) {
        requirePositive(count);
        List<float[]> inputs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            inputs.add(input(latent(seed, from + i), label == ANY ? from + i : label));
        }
        return pictures(inputs);
    }

    /** The latent and, behind it, the class as one-hot numbers. */
    private float[] input(float[] latent, long label) {
        int classes = classes().size();
        float[] input = Arrays.copyOf(latent, latent.length + classes);
        if (classes > 0) {
            input[latent.length + (int) (label % classes)] = 1;
        }
        return input;
    }

    /**
     * Walks between the latents of a seed, each a row: from one picture to the next in even steps on the sphere (or the
     * line, for uniform latents).
     *
     * @param walks rows
     * @param steps pictures a row, ends included; at least 2
     */
    public Pictures interpolations(int walks, int steps, long seed) {
        return interpolations(walks, steps, seed, ANY);
    }

    /**
     * The same within classes.
     *
     * @param label a place in {@link #classes()}, or {@link #ANY}: walk by walk one class after the other
     */
    public Pictures interpolations(int walks, int steps, long seed, int label) {
        requirePositive(walks);
        if (steps < 2) {
            throw new UserError("a walk needs at least 2 pictures, its two ends; found " + steps + ".");
        }
        List<float[]> latents = new ArrayList<>(walks * steps);
        for (int walk = 0; walk < walks; walk++) {
            float[] from = latent(seed, 2L * walk);
            float[] to = latent(seed, 2L * walk + 1);
            for (int i = 0; i < steps; i++) {
                float[] latent = Interpolation.between(from, to, (double) i / (steps - 1), architecture.latent());
                latents.add(input(latent, label == ANY ? walk : label));
            }
        }
        return pictures(latents);
    }

    /**
     * Picture i of a seed as numbers in the network's own range: channels·height·width values in [−1, 1] (or [0, 1] for a
     * sigmoid generator), channel by channel.
     */
    public float[] values(long seed, int index) {
        try (Usage.Use use = usage.begin();
                Scope scope = Scope.open()) {
            float[] input = input(latent(seed, index), index);
            return model.apply(Tensor.of(input, 1, input.length)).toArray();
        }
    }

    private static void requirePositive(int count) {
        if (count < 1) {
            throw new UserError("--count must be at least 1; found " + count + ".");
        }
    }

    private float[] latent(long seed, long index) {
        try (Scope scope = Scope.open()) {
            return architecture.latent().draw(1, Draws.of(seed, index)).toArray();
        }
    }

    /**
     * Examples {@code from} to {@code from + count − 1} of a seed for whoever measures them: pictures [count, channels, height, width]
     * in 0…1, or points of the plane [count, 2, 1, 1]. They belong to the caller's scope.
     */
    public Tensor samples(long from, int count, long seed) {
        requirePositive(count);
        List<Tensor> parts = new ArrayList<>();
        try (Usage.Use use = usage.begin()) {
            for (int start = 0; start < count; start += BATCH) {
                List<float[]> inputs = new ArrayList<>();
                for (long i = from + start; i < from + Math.min(count, start + BATCH); i++) {
                    inputs.add(input(latent(seed, i), i));
                }
                Tensor made = model.apply(together(inputs));
                parts.add(makesPoints() ? made : architecture.output().unit(made));
            }
        }
        return Tensor.concat(0, parts.toArray(new Tensor[0]));
    }

    /** Whether it makes points of the plane, and no pictures. */
    public boolean makesPoints() {
        return recipe.data().name().points();
    }

    private static Tensor together(List<float[]> inputs) {
        int size = inputs.get(0).length;
        float[] batch = new float[inputs.size() * size];
        for (int i = 0; i < inputs.size(); i++) {
            System.arraycopy(inputs.get(i), 0, batch, i * size, size);
        }
        return Tensor.of(batch, inputs.size(), size);
    }

    private Pictures pictures(List<float[]> latents) {
        if (makesPoints()) {
            throw new UserError("this run makes points of the plane, not pictures; write them with --out FILE.csv.");
        }
        int channels = recipe.data().channels();
        int side = recipe.data().size();
        int bytes = channels * side * side;
        byte[] pixels = new byte[Math.multiplyExact(latents.size(), bytes)];
        try (Usage.Use use = usage.begin()) {
            for (int start = 0; start < latents.size(); start += BATCH) {
                int n = Math.min(BATCH, latents.size() - start);
                try (Scope scope = Scope.open()) {
                    byte[] made = model.apply(together(latents.subList(start, start + n)))
                            .toPixels(
                                    architecture.output().low(),
                                    architecture.output().high());
                    System.arraycopy(made, 0, pixels, start * bytes, made.length);
                }
            }
        }
        return new Pictures(pixels, latents.size(), channels, side, side);
    }

    @Override
    public void close() {
        usage.end(model::close);
    }
}
