package io.gander.tensor;

import io.gander.recipe.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.TensorOptional;
import org.jspecify.annotations.Nullable;

/**
 * Products in bfloat16: float32's range with 8 binary digits. Factors and results are rounded to it, sums are float32, as AMX and
 * AVX-512 BF16 do it. Where the engine has no such routines the same is computed by float32's: the numbers agree, at a cost.
 */
public final class Bfloat16 {
    /** A processor's instructions that multiply it, as Linux names them, and as people do. */
    private static final List<List<String>> INSTRUCTIONS =
            List.of(List.of("amx_bf16", "AMX"), List.of("avx512_bf16", "AVX-512 BF16"));

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    private static final @Nullable String HARDWARE = hardware(flags());
    private static final boolean ROUTINES = routines();

    /** A sentence for who asks for it where it costs more than it saves. */
    public static final String EMULATED =
            "bfloat16 is emulated on this processor, by float32 and rounding: steps take up to a tenth longer.";

    private Bfloat16() {}

    /** What multiplies it here, such as "AMX"; null if nothing does, or if nobody can tell. */
    public static @Nullable String hardware() {
        return Engine.device().equals("cpu") ? HARDWARE : null;
    }

    /** Whether the engine computes with it by itself; else it is computed by float32's routines. */
    private static boolean routines() {
        if (!Engine.device().equals("cpu")) {
            return true;
        }
        try (Scope scope = Scope.open()) {
            OperatorHandle ask = Dispatcher.singleton().findSchemaOrThrow("mkldnn::_is_mkldnn_bf16_supported", "");
            IValueVector stack = new IValueVector();
            ask.callBoxed(stack);
            return stack.get(0).toBool();
        }
    }

    /** The precision that is meant: {@code auto} is bfloat16 where the processor multiplies it. */
    public static Precision resolve(Precision asked) {
        if (asked != Precision.AUTO) {
            return asked;
        }
        return hardware() == null ? Precision.FLOAT32 : Precision.BFLOAT16;
    }

    /** What a precision means here and why, for people: "bfloat16 (by AMX)". */
    public static String describe(Precision asked) {
        String by = hardware();
        return switch (asked) {
            case FLOAT32 -> "float32";
            case BFLOAT16 -> by == null ? "bfloat16 (emulated)" : "bfloat16 (by " + by + ")";
            case AUTO -> by == null ? "float32 (no bfloat16 in this processor)" : "bfloat16 (by " + by + ")";
        };
    }

    /** Whether float32's routines do its work here. */
    public static boolean isEmulated() {
        return !ROUTINES;
    }

    static @Nullable String hardware(Set<String> flags) {
        return INSTRUCTIONS.stream()
                .filter(known -> flags.contains(known.get(0)))
                .map(known -> known.get(1))
                .findFirst()
                .orElse(null);
    }

    /** The processor's flags where the system tells them, which is on Linux. */
    private static Set<String> flags() {
        try {
            for (String line : Files.readAllLines(PROCESSOR, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("flags")) {
                    return Set.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+"));
                }
            }
        } catch (IOException e) {
            return Set.of(); // then float32 is what auto means
        }
        return Set.of();
    }

    /** A product of x with a kernel. */
    @FunctionalInterface
    interface Product {
        /** Of three tensors of one type. */
        org.bytedeco.pytorch.Tensor of(
                org.bytedeco.pytorch.Tensor x, org.bytedeco.pytorch.Tensor weight, TensorOptional bias);
    }

    /** A product in the kernel's type, whatever the others' types are. */
    static Tensor product(Tensor x, Tensor weight, @Nullable Tensor bias, Product product) {
        if (!weight.isBfloat16()) {
            return new Tensor(product.of(x.float32().raw, weight.raw, Tensor.optional(bias)));
        }
        Tensor low = x.bfloat16();
        Tensor lowBias = bias == null ? null : bias.bfloat16();
        if (ROUTINES) {
            return new Tensor(product.of(low.raw, weight.raw, Tensor.optional(lowBias)));
        }
        Tensor wideBias = lowBias == null ? null : lowBias.float32();
        return new Tensor(product.of(low.float32().raw, weight.float32().raw, Tensor.optional(wideBias))).bfloat16();
    }
}
