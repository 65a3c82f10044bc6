package io.gander.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.recipe.Precision;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class Bfloat16Test {
    /** The largest share by which rounding to 8 binary digits moves a number. */
    private static final double HALF_DIGIT = 1 / 256.0;

    @Test
    void theBestInstructionsAreNamed() {
        assertThat(Bfloat16.hardware(Set.of("avx2", "avx512_bf16", "amx_bf16", "amx_tile")))
                .isEqualTo("AMX");
        assertThat(Bfloat16.hardware(Set.of("avx2", "avx512_bf16"))).isEqualTo("AVX-512 BF16");
        assertThat(Bfloat16.hardware(Set.of("avx2", "avx512f"))).isNull();
    }

    @Test
    void autoIsBfloat16WhereTheProcessorMultipliesIt() {
        boolean fast = Bfloat16.hardware() != null;
        assertThat(Bfloat16.resolve(Precision.AUTO)).isEqualTo(fast ? Precision.BFLOAT16 : Precision.FLOAT32);
        assertThat(Bfloat16.resolve(Precision.FLOAT32)).isEqualTo(Precision.FLOAT32);
        assertThat(Bfloat16.resolve(Precision.BFLOAT16)).isEqualTo(Precision.BFLOAT16);
        assertThat(Bfloat16.describe(Precision.FLOAT32)).isEqualTo("float32");
        assertThat(Bfloat16.describe(Precision.AUTO)).startsWith(fast ? "bfloat16 (by " : "float32 (no bfloat16");
    }

    @Test
    void roundsToEightDigits() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(new float[] {1, 1.003f, 1.005f, -3.14159f, 1e30f}, 5);
            assertThat(x.bfloat16().toArray()).containsExactly(1, 1, 1.0078125f, -3.140625f, 1.00025555e30f);
            assertThat(x.float32()).isSameAs(x);
            Tensor low = x.bfloat16();
            assertThat(low.bfloat16()).isSameAs(low);
        }
    }

    /** Factors and the result are rounded, the sum is not: 1,152 products that were summed in bfloat16 would be far off. */
    @Test
    void aConvolutionSumsInFloat32() {
        try (Scope scope = Scope.open()) {
            Tensor x = Draws.of(1).normal(2, 128, 8, 8).bfloat16();
            Tensor kernel = Draws.of(2).normal(16, 128, 3, 3).bfloat16();
            Tensor bias = Draws.of(3).normal(16).bfloat16();
            float[] exact = Functional.conv(x.float32(), kernel.float32(), bias.float32(), 1, 1, 1)
                    .toArray();
            Tensor low = Functional.conv(x, kernel, bias, 1, 1, 1);
            assertThat(low.isBfloat16()).isTrue();
            assertClose(low.toArray(), exact);
        }
    }

    @Test
    void everyProductIsInTheKernelsType() {
        try (Scope scope = Scope.open()) {
            Tensor x = Draws.of(1).normal(3, 4, 4, 4);
            for (int side : new int[] {3, 4}) { // as large as the example it is a matrix product
                Tensor kernel = Draws.of(2).normal(4, 4, side, side);
                Tensor wide = Functional.conv(x, kernel, null, 1, 0, 1);
                Tensor low = Functional.conv(x, kernel.bfloat16(), null, 1, 0, 1);
                assertThat(low.isBfloat16()).isTrue();
                assertThat(low.shape()).isEqualTo(wide.shape());
                assertThat(Functional.conv(x.bfloat16(), kernel, null, 1, 0, 1).isBfloat16())
                        .isFalse();
            }
            Tensor point = Draws.of(3).normal(3, 4, 1, 1);
            Tensor back = Functional.convTranspose(
                    point,
                    Draws.of(4).normal(4, 5, 4, 4).bfloat16(),
                    Draws.of(5).normal(5),
                    1,
                    0,
                    0);
            assertThat(back.isBfloat16()).isTrue();
            assertThat(back.shape()).containsExactly(3, 5, 4, 4);
            Tensor row =
                    Draws.of(6).normal(3, 4).linear(Draws.of(7).normal(2, 4).bfloat16(), null);
            assertThat(row.isBfloat16()).isTrue();
        }
    }

    @Test
    void gradientsReachTheWeightInFloat32() {
        try (Scope scope = Scope.open()) {
            Tensor weight = Draws.of(1).normal(4, 4, 3, 3).requiresGrad(true);
            Tensor x = Draws.of(2).normal(2, 4, 6, 6);
            Tensor wide = Functional.conv(x, weight, null, 1, 1, 1).square().sum();
            Tensor low = Functional.conv(x, weight.bfloat16(), null, 1, 1, 1)
                    .float32()
                    .square()
                    .sum();
            Tensor expected = Tensor.gradients(wide, List.of(weight), false).get(0);
            Tensor actual = Tensor.gradients(low, List.of(weight), false).get(0);
            assertThat(actual.isBfloat16()).isFalse();
            double error = actual.sub(expected).norm().item() / expected.norm().item();
            assertThat(error).isBetween(1e-4, 0.01);
        }
    }

    @Test
    void aCopyIsMadeOnlyWhenTheWeightMoved() {
        try (Scope scope = Scope.open();
                Tensor weight = Draws.of(1).normal(3, 3).keep().requiresGrad(true);
                LowCopy copy = new LowCopy(weight)) {
            Tensor first = copy.get();
            assertThat(copy.get()).isSameAs(first);
            assertThat(first.requiresGrad()).isTrue();
            try (NoGrad off = NoGrad.open()) {
                assertThat(copy.get().requiresGrad()).isFalse();
                weight.scale(2);
            }
            assertClose(copy.get().toArray(), weight.toArray());

            Tensor gradient = Tensor.full(1, 3, 3);
            List<Tensor> moments = List.of(Tensor.zeros(3, 3), Tensor.zeros(3, 3));
            AdamStep.apply(
                    List.of(weight),
                    List.of(gradient),
                    moments.subList(0, 1),
                    moments.subList(1, 2),
                    1,
                    0.5,
                    0,
                    0,
                    1e-8);
            assertClose(copy.get().toArray(), weight.toArray());
        }
    }

    /** One copy serves several losses, each with a pass back of its own. */
    @Test
    void aCopysGraphSurvivesAPassBack() {
        try (Scope scope = Scope.open();
                Tensor weight = Draws.of(1).normal(3, 3).keep().requiresGrad(true);
                LowCopy copy = new LowCopy(weight)) {
            Tensor x = Draws.of(2).normal(2, 3);
            for (int i = 0; i < 2; i++) {
                Tensor loss = x.linear(copy.get(), null).float32().square().sum();
                assertThat(Tensor.gradients(loss, List.of(weight), false).get(0).isFinite())
                        .isTrue();
            }
        }
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            double reach = HALF_DIGIT * Math.abs(expected[i]) + 1e-4;
            assertThat((double) actual[i]).isBetween(expected[i] - reach, expected[i] + reach);
        }
    }
}
