package io.gander.measure;

import io.gander.tensor.Tensor;
import java.util.Map;

/** Judges samples of a generator by what is known of the data. Owns what native memory it needs until closed. */
public interface SampleMeasures extends AutoCloseable {
    /**
     * How many samples it wants for numbers that are quoted.
     */
    int count();

    /**
     * Numbers by name, in the order in which people should read them.
     *
     * @param samples pictures [n, channels, height, width] in 0…1, or points of the plane [n, 2]
     */
    Map<String, Double> of(Tensor samples);

    @Override
    void close();
}
