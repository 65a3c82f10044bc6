package io.gander.tensor;

import io.gander.recipe.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.TensorOptional;
import org.jspecify.annotations.Nullable;

/**
 * Products in bfloat16: float32's range with 8 binary digits. Factors and results are rounded to it, sums are float32, as AMX and
 * AVX-512 BF16 do it. On a processor without these the same is computed by float32's routines: the numbers agree, at a cost.
 */
public final class Bfloat16 {
    /** A processor's instructions that multiply it, as Linux names them, and as people do. */
    private static final List<List<String>> INSTRUCTIONS =
            List.of(List.of("amx_bf16", "AMX"), List.of("avx512_bf16", "AVX-512 BF16"));

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    private static final @Nullable String HARDWARE = hardware(flags());

    /** Asked of the engine, once, when somebody wants to know. */
    private static final class Emulation {
        private static final boolean NEEDED = Engine.device().equals("cpu") && (HARDWARE == null || !routines());

        private Emulation() {}
    }

    /** A sentence for who asks for it where it costs more than it saves. */
    public static final String EMULATED =
            "bfloat16 is emulated on this processor, by float32 and rounding: steps take up to a tenth longer.";

    private Bfloat16() {}

    /** What multiplies it here, such as "AMX"; null if nothing does, if nobody can tell, or on a GPU. */
    public static @Nullable String hardware() {
        return isEmulated() || !Engine.device().equals("cpu") ? null : HARDWARE;
    }

    /** Whether it is computed by float32's routines and rounding: on a processor that does not multiply it. */
    public static boolean isEmulated() {
        Engine.load();
        return Emulation.NEEDED;
    }

    /** Whether the engine has routines for it. */
    private static boolean routines() {
        if (!Context.hasMKLDNN()) {
            return false;
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
        if (asked == Precision.AUTO && hardware() == null) {
            return "float32 (no bfloat16 in this processor)";
        }
        if (asked == Precision.FLOAT32) {
            return "float32";
        }
        String by = hardware() == null ? Engine.device() : hardware();
        return "bfloat16 (" + (isEmulated() ? "emulated" : "by " + by) + ")";
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
        if (!isEmulated()) {
            return new Tensor(product.of(low.raw, weight.raw, Tensor.optional(lowBias)));
        }
        Tensor wideBias = lowBias == null ? null : lowBias.float32();
        return new Tensor(product.of(low.float32().raw, weight.float32().raw, Tensor.optional(wideBias))).bfloat16();
    }
}
