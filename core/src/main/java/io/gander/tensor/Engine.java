package io.gander.tensor;

import io.gander.error.UserError;
import io.gander.file.CacheFolder;
import io.gander.file.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The engine of this process: libtorch, its device and its threads. */
public final class Engine {
    /** The platforms for which a build of libtorch is published. */
    private static final String PLATFORMS = "Linux x86-64, macOS arm64 and Windows x86-64";

    /** What brings native libraries, a jar for each platform. */
    private static final List<String> NATIVES = List.of("javacpp", "openblas", "pytorch");

    /** What kept the engine from loading, for everyone who asks: a class whose beginning throws tells it to the first one alone. */
    private static final @Nullable UserError FAILURE;

    private static final boolean CUDA;
    private static volatile int threads = 1;

    static {
        UserError failure = null;
        boolean cuda = false;
        try {
            CacheFolder.placeNatives();
            // JavaCPP reads these once, when its Pointer class loads. Scopes free native memory here: a collector
            // thread and a second account of the process's memory would only cost time.
            setDefault("org.bytedeco.javacpp.nopointergc", "true");
            setDefault("org.bytedeco.javacpp.maxPhysicalBytes", "0");
            setDefault("org.bytedeco.javacpp.maxBytes", "0");
            loadLibraries();
            keepMatrixProductsOnOneThread();
            cuda = cuda(System.getenv("GANDER_DEVICE"), torch.cuda_is_available());
            threads = torch.get_num_threads();
        } catch (UserError e) {
            failure = e;
        }
        FAILURE = failure;
        CUDA = cuda;
    }

    private Engine() {}

    /**
     * Whether to compute on the GPU.
     *
     * @param asked what the user wants: cpu, cuda, or nothing for whatever is there
     * @throws UserError if that is not to be had
     */
    static boolean cuda(@Nullable String asked, boolean there) {
        String device = asked == null ? "" : asked.strip().toLowerCase(Locale.ROOT);
        return switch (device) {
            case "" -> there;
            case "cpu" -> false;
            case "cuda" -> {
                if (!there) {
                    throw new UserError("GANDER_DEVICE is 'cuda', and the engine finds no GPU here: unset it, or put a"
                            + " build of the engine with CUDA on the class path.");
                }
                yield true;
            }
            default -> throw new UserError("GANDER_DEVICE is '" + asked + "': it can be cpu or cuda, or unset.");
        };
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }

    private static void loadLibraries() {
        try {
            Waiting.limit();
            Loader.load(torch.class);
        } catch (LinkageError | RuntimeException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new UserError("the engine does not load: " + cure(why), e);
        }
    }

    private static String cure(String why) {
        String platform = Loader.getPlatform();
        String missing = NATIVES.stream()
                .filter(library -> Engine.class.getResource("/org/bytedeco/" + library + "/" + platform) == null)
                .map(library -> "org.bytedeco:" + library)
                .collect(Collectors.joining(", "));
        String jars = missing.isEmpty()
                ? why.replaceAll("\\.$", "")
                : "the class path has no " + missing + " with the classifier " + platform;
        return jars + "; it is published for " + PLATFORMS + ".";
    }

    /**
     * Loads the engine if it is not loaded yet: about a second, on first use in a process.
     *
     * @throws UserError if it does not load, each time
     */
    public static void load() {
        if (FAILURE != null) {
            throw new UserError(String.valueOf(FAILURE.getMessage()), FAILURE);
        }
    }

    /**
     * Brings this thread to how all of this process compute, since the engine keeps both for each thread apart.
     *
     * <p>Numbers too small for float32's normal range count as 0, here and on the threads that this one starts. A discriminator that
     * wins has vanishing gradients; their squares in Adam's moments would otherwise make every operation many times slower.
     *
     * <p>An operation is shared among the same number of threads: sums in other parts differ in their last bits.
     */
    static void prepareThread() {
        load();
        Context.setFlushDenormal(true);
        if (torch.get_num_threads() != threads) {
            torch.set_num_threads(threads);
        }
    }

    /**
     * Sets the number of threads of one operation, at first as many as there are cores; 1 is often best for dense networks of a few
     * hundred units. It holds for convolutions and element-wise work, and on every thread from the next {@link Scope} on.
     */
    public static void threads(int number) {
        threads = number;
        torch.set_num_threads(number);
        keepMatrixProductsOnOneThread();
    }

    /**
     * Their library (OpenBLAS) has a pool of its own that waits busily, and two such pools on the same cores slow each other down
     * several times over.
     */
    private static void keepMatrixProductsOnOneThread() {
        openblas_nolapack.blas_set_num_threads(1);
    }

    public static int threads() {
        return threads;
    }

    /** "cpu" or "cuda:0". The environment variable {@code GANDER_DEVICE} asks for cpu or cuda. */
    public static String device() {
        load();
        return CUDA ? "cuda:0" : "cpu";
    }

    /** The version of libtorch and of its Java presets, such as "2.10.0-1.5.13". */
    public static String version() {
        String version = torch.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    /** What libtorch says of its threads and libraries, several lines. */
    public static String parallelInfo() {
        try (Scope scope = Scope.open()) {
            return torch.get_parallel_info().getString().strip();
        }
    }

    /** Who computes matrix products, and who convolutions. */
    public static String libraries() {
        String dnn = parallelInfo()
                .lines()
                .filter(line -> line.contains("MKL-DNN"))
                .map(line -> line.strip().replaceFirst(" \\(Git.*", ""))
                .findFirst()
                .orElse("no oneDNN");
        return "OpenBLAS, " + dnn; // the presets bring OpenBLAS on every platform
    }

    /** How long idle threads wait busily, for people: "GOMP_SPINCOUNT 1000". */
    public static String waiting() {
        return Waiting.describe();
    }

    /** The folder into which the native libraries are unpacked, once. */
    public static Path cacheFolder() {
        try {
            return Loader.getCacheDir().toPath();
        } catch (IOException e) {
            throw new UserError(
                    "the engine's libraries cannot be unpacked (" + Faults.why(e)
                            + "): set -Dorg.bytedeco.javacpp.cachedir to a folder that can be written to.",
                    e);
        }
    }

    /** Bytes of physical memory that this process holds, as JavaCPP reads it from the operating system. */
    public static long residentBytes() {
        return Pointer.physicalBytes();
    }

    /** JavaCPP's name of this platform, such as "linux-x86_64". */
    public static String platform() {
        return Loader.getPlatform().toLowerCase(Locale.ROOT);
    }

    static org.bytedeco.pytorch.Tensor toDevice(org.bytedeco.pytorch.Tensor host) {
        return CUDA ? host.to(new Device("cuda:0"), torch.ScalarType.Float) : host;
    }
}
