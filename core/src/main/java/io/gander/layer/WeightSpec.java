package io.gander.layer;

import java.util.List;

/**
 * One array of a layer's weights, before it exists.
 *
 * @param name as PyTorch would call it, such as "3.weight"
 * @param sizes the engine's sizes
 * @param role what it is for, which decides how it starts
 * @param fanIn inputs that each output sees
 * @param fanOut outputs that each input reaches
 * @param gain what its first values are scaled by, for initialisers that look at it
 * @param damped whether it lies in a residual branch that is scaled down, which some initialisers start smaller
 */
public record WeightSpec(
        String name, List<Integer> sizes, Role role, long fanIn, long fanOut, double gain, boolean damped) {
    /** What a weight is for. */
    public enum Role {
        KERNEL,
        /** What a class becomes. */
        EMBEDDING,
        BIAS,
        /** A vector that a layer keeps for itself, to find a matrix's largest singular value. */
        DIRECTION,
        /** Normalisation's γ. */
        SCALE,
        /** Normalisation's β. */
        SHIFT,
        /** An activation's slope for negative inputs. */
        SLOPE,
        RUNNING_MEAN,
        RUNNING_VARIANCE
    }

    static WeightSpec kernel(List<Integer> sizes, long fanIn, long fanOut) {
        return new WeightSpec("weight", sizes, Role.KERNEL, fanIn, fanOut, 1, false);
    }

    static WeightSpec vector(String name, int size, Role role) {
        return new WeightSpec(name, List.of(size), role, 0, 0, 1, false);
    }

    static WeightSpec bias(int size, long fanIn) {
        return new WeightSpec("bias", List.of(size), Role.BIAS, fanIn, 0, 1, false);
    }

    /** The same weight inside a composite layer. */
    WeightSpec in(String parent) {
        return new WeightSpec(parent + "." + name, sizes, role, fanIn, fanOut, gain, damped);
    }

    /** The same weight, started so many times larger. */
    WeightSpec gain(double factor) {
        return new WeightSpec(name, sizes, role, fanIn, fanOut, gain * factor, damped);
    }

    /** The same weight in a residual branch that is scaled down. */
    WeightSpec damp() {
        return new WeightSpec(name, sizes, role, fanIn, fanOut, gain, true);
    }

    /** Whether the optimiser moves it; running statistics are moved by the layer itself. */
    public boolean trainable() {
        return role != Role.RUNNING_MEAN && role != Role.RUNNING_VARIANCE && role != Role.DIRECTION;
    }

    public long count() {
        return sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    /** As the engine takes them. */
    public long[] engineSizes() {
        return sizes.stream().mapToLong(Integer::longValue).toArray();
    }
}
