package io.gander.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private static final int MIB = 1 << 20;

    @Test
    void aScopeFreesWhatWasBornInIt() {
        Tensor born;
        try (Scope scope = Scope.open()) {
            born = Tensor.zeros(2);
            assertThat(born.raw.isNull()).isFalse();
        }
        assertThat(born.raw.isNull()).isTrue();
    }

    @Test
    void anInnerScopeLeavesTheOuterOnesTensors() {
        try (Scope outer = Scope.open()) {
            Tensor x = Tensor.full(3, 2);
            Tensor y;
            try (Scope inner = Scope.open()) {
                y = x.add(1);
            }
            assertThat(y.raw.isNull()).isTrue();
            assertThat(x.toArray()).containsExactly(3, 3);
        }
    }

    @Test
    void aKeptTensorLivesUntilItIsClosed() {
        Tensor kept;
        try (Scope scope = Scope.open()) {
            kept = Tensor.full(3, 2).keep();
        }
        assertThat(read(kept)).containsExactly(3, 3);
        kept.close();
        assertThat(kept.raw.isNull()).isTrue();
    }

    @Test
    void aTensorOfAnOuterScopeCanBeKeptFromAnInnerOne() {
        Tensor kept;
        try (Scope outer = Scope.open()) {
            kept = Tensor.full(3, 2);
            try (Scope inner = Scope.open()) {
                kept.keep();
            }
        }
        assertThat(read(kept)).containsExactly(3, 3);
        kept.close();
    }

    /** What the engine hands out as a part of something larger is no exception. */
    @Test
    void aKeptPartOfALargerResultOutlivesThat() {
        List<Tensor> kept = new ArrayList<>();
        List<Float> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) { // so that memory that was freed is used again
            try (Scope scope = Scope.open()) {
                Tensor x = Tensor.full(i, 1, 1, 2, 2).requiresGrad(true);
                kept.add(Tensor.gradients(x.square().sum(), List.of(x), false)
                        .get(0)
                        .keep());
                expected.add(2f * i);
                if (PackedConvolution.isAvailable()) {
                    Tensor kernel = Tensor.full(3, 1, 1, 1, 1);
                    try (PackedConvolution triple =
                            PackedConvolution.of(kernel, null, 1, 0, 1, PackedConvolution.Then.NONE, 1, 1, 2, 2)) {
                        kept.add(triple.apply(x.detach()).keep());
                        expected.add(3f * i);
                    }
                }
            }
        }
        for (int i = 0; i < kept.size(); i++) {
            assertThat(read(kept.get(i))).hasSize(4).containsOnly(expected.get(i));
            kept.get(i).close();
        }
    }

    @Test
    void whatIsBornOutsideEveryScopeLivesUntilItIsClosed() {
        Tensor free = Tensor.full(3, 2);
        try (Scope scope = Scope.open()) {
            free.add(1);
        }
        assertThat(read(free)).containsExactly(3, 3);
        free.close();
    }

    @Test
    void aTensorMayBeClosedBeforeItsScope() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.full(3, 2);
            x.close();
            assertThat(x.raw.isNull()).isTrue();
        }
    }

    @Test
    void memoryIsFlatOverThousandsOfScopes() {
        try (Scope outer = Scope.open()) {
            Tensor weight = Draws.of(1).normal(128, 128).keep().requiresGrad(true);
            scopes(200, weight); // until the allocators have what they want
            long before = Engine.residentBytes();
            scopes(2000, weight);
            // Each scope makes about 400 KiB, 800 MiB together; the Java heap may grow meanwhile, by much less.
            assertThat(Engine.residentBytes() - before).isLessThan(128 * MIB);
            weight.close();
        }
    }

    private static void scopes(int count, Tensor weight) {
        for (int i = 0; i < count; i++) {
            try (Scope scope = Scope.open()) {
                Tensor y = Draws.of(i).normal(128, 128).linear(weight, null).relu();
                Tensor gradient = Tensor.gradients(y.square().mean(), List.of(weight), false)
                        .get(0);
                gradient.copy().keep().close();
            }
        }
    }

    /** The collector must find nothing to free: scopes and owners free, and what they hold is in use. */
    @Tag("slow")
    @Test
    void aForcedCollectionBetweenStepsTakesNothing() {
        List<Tensor> kept = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            for (int i = 0; i < 3; i++) {
                kept.add(Tensor.full(0, 4, 4).keep());
            }
        }
        Tensor weight = kept.get(0).requiresGrad(true);
        for (int step = 1; step <= 20; step++) {
            try (Scope scope = Scope.open()) {
                Tensor loss = weight.add(-1).square().sum();
                System.gc(); // the point of this test: by luck it might run at any place
                List<Tensor> gradients = Tensor.gradients(loss, List.of(weight), false);
                System.gc();
                AdamStep.apply(
                        List.of(weight),
                        gradients,
                        List.of(kept.get(1)),
                        List.of(kept.get(2)),
                        step,
                        0.1,
                        0.5,
                        0.999,
                        1e-8);
            }
            System.gc();
        }
        assertThat(read(weight)[0]).isBetween(0.5f, 1.5f); // towards 1, where the loss is least
        kept.forEach(Tensor::close);
    }

    private static float[] read(Tensor tensor) {
        try (Scope scope = Scope.open()) {
            return tensor.toArray();
        }
    }
}
