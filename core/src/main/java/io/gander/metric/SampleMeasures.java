package io.gander.metric;

import io.gander.tensor.Tensor;
import java.util.Map;
import java.util.function.IntFunction;

/** Judges samples of a generator by what is known of the data. Owns what native memory it needs until closed. */
public interface SampleMeasures extends AutoCloseable {
    /**
     * Numbers by name, in the order in which people should read them; all NaN if a single sample is NaN or infinite.
     *
     * @param count how many samples to judge; see {@link #protocol()}
     * @param samples makes so many more: pictures [n, channels, height, width] in 0…1, or points of the plane [n, 2, 1, 1]
     */
    default Map<String, Double> of(int count, IntFunction<Tensor> samples) {
        return of(count, reference(count), samples);
    }

    /**
     * The same with another number of examples to compare with, so that other samples can be set beside them.
     *
     * @param reference as {@link #reference} of those other samples' number
     */
    Map<String, Double> of(int count, int reference, IntFunction<Tensor> samples);

    /** How many kinds of example there are, of which {@code modes} or {@code classes} in {@link #of} are the covered ones; 0 if unknown. */
    int kinds();

    /** How many samples it wants for numbers that are quoted. */
    int protocol();

    /** With how many of the data's {@linkplain io.gander.data.Examples#drawn drawn} examples so many samples are compared; 0 if with none. */
    default int reference(int count) {
        return 0;
    }

    /** How many are enough to see, while a game is played, where it goes. */
    int glance();

    @Override
    void close();
}
