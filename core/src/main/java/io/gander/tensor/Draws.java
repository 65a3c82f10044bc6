package io.gander.tensor;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Random numbers of a place. A place is a path of numbers, such as a run's seed, a step, and what is drawn there; it gives the
 * same numbers whenever it is asked, on every thread and whatever was drawn elsewhere. So a round depends on nothing but the seed
 * and the step, and whoever draws twice names two places: {@code draws.at(0).normal(n)}, {@code draws.at(1).normal(n)}.
 *
 * <p>A value: nothing moves in it, and it holds no native memory. Numbers are drawn on the CPU, so that devices agree. Tensors come
 * from libtorch's Mersenne twister, which keeps 32 bits of the place: among 100,000 places about one pair draws the same.
 */
public final class Draws {
    private static final long ROOT = 0x9E3779B97F4A7C15L;

    private final long place;

    private Draws(long place) {
        this.place = place;
    }

    /** The draws of a place; {@code of(a, b)} is {@code of(a).at(b)}. */
    public static Draws of(long... path) {
        return new Draws(mixed(ROOT, path));
    }

    /** The draws of a place within this one, which depend on the whole path and on nothing else. */
    public Draws at(long... path) {
        return new Draws(mixed(place, path));
    }

    /** The well-mixed seed of a path, for whoever draws by other means. */
    public static long mix(long... path) {
        return mixed(ROOT, path);
    }

    /** By the finaliser of SplitMix64 (Steele et al., 2014). */
    private static long mixed(long from, long... path) {
        long h = from;
        for (long part : path) {
            h = (h ^ part) * 0xBF58476D1CE4E5B9L;
            h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
            h ^= h >>> 31;
        }
        return h;
    }

    /** Java's own generator for this place, fresh: for numbers that the engine does not need. */
    public SplittableRandom random() {
        return new SplittableRandom(place);
    }

    /** Standard normal numbers. */
    public Tensor normal(long... shape) {
        return new Tensor(Engine.toDevice(filled(() -> torch.empty(shape), (x, from) -> x.normal_(0, 1, from))));
    }

    /** Uniform numbers in [low, high). */
    public Tensor uniform(double low, double high, long... shape) {
        return new Tensor(Engine.toDevice(filled(() -> torch.empty(shape), (x, from) -> x.uniform_(low, high, from))));
    }

    /**
     * A tensor with elements zeroed and the rest scaled up, so that the mean stays (Srivastava et al., 2014).
     *
     * @param probability of an element to be zeroed, 0 ≤ p &lt; 1
     */
    public Tensor dropped(Tensor x, double probability) {
        TensorOptions place = new TensorOptions(torch.ScalarType.Float).device(new DeviceOptional(new Device("cpu")));
        org.bytedeco.pytorch.Tensor mask = filled(
                () -> torch.empty_like(x.raw, place, new MemoryFormatOptional()),
                (kept, from) -> kept.bernoulli_(1 - probability, from));
        return x.mul(
                new Tensor(Engine.toDevice(mask)).scale(1 / (1 - probability)).like(x));
    }

    private interface Empty {
        org.bytedeco.pytorch.Tensor make();
    }

    private interface Fill {
        org.bytedeco.pytorch.Tensor apply(org.bytedeco.pytorch.Tensor numbers, GeneratorOptional from);
    }

    /** Filled in place from a generator that is gone afterwards, whether or not a scope is open. */
    private org.bytedeco.pytorch.Tensor filled(Empty empty, Fill fill) {
        Engine.load();
        try (Generator generator = torch.createCPUGenerator(place);
                GeneratorOptional from = new GeneratorOptional(generator)) {
            return fill.apply(empty.make(), from);
        }
    }
}
