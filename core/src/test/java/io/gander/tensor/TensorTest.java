package io.gander.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorTest {
    private final Scope scope = Scope.open();

    @AfterEach
    void close() {
        scope.close();
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 1"})
    void everyPixelComesBackAsItWent(double low, double high) {
        byte[] pixels = new byte[256];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }

        Tensor tensor = Tensor.ofPixels(pixels, low, high, 1, 1, 16, 16);

        assertThat(tensor.shape()).containsExactly(1, 1, 16, 16);
        float[] values = tensor.toArray();
        assertThat((double) values[0]).isCloseTo(low, within(1e-6));
        assertThat((double) values[255]).isCloseTo(high, within(1e-6));
        assertThat((double) values[51]).isCloseTo(low + 0.2 * (high - low), within(1e-6));
        assertThat(tensor.toPixels(low, high)).isEqualTo(pixels);
    }

    @Test
    void pixelsAreRoundedAndClipped() {
        Tensor tensor = Tensor.of(new float[] {-5, 0.4f / 255, 0.6f / 255, 254.6f / 255, 7}, 5);

        assertThat(tensor.toPixels(0, 1)).containsExactly(0, 0, 1, 255, 255);
    }

    @Test
    void pixelsOfChannelsLastPicturesComeInNchwOrder() {
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

        Tensor tensor = Tensor.ofPixels(pixels, -1, 1, 1, 3, 2, 2).channelsLast();

        assertThat(tensor.toPixels(-1, 1)).isEqualTo(pixels);
    }

    @Test
    void valuesOfAChannelsLastTensorComeInNchwOrder() {
        float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

        Tensor tensor = Tensor.of(values, 1, 3, 2, 2).channelsLast();

        assertThat(tensor.isChannelsLast()).isTrue();
        assertThat(tensor.toArray()).isEqualTo(values);
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        tensor.writeTo(bytes);
        float[] written = new float[values.length];
        bytes.flip().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(written);
        assertThat(written).isEqualTo(values);
    }

    @Test
    void settingKeepsTheMemoryFormat() {
        float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        Tensor tensor = Tensor.zeros(1, 3, 2, 2).channelsLast();

        tensor.set(Tensor.of(values, 1, 3, 2, 2));

        assertThat(tensor.isChannelsLast()).isTrue();
        assertThat(tensor.zerosLike().isChannelsLast()).isTrue();
        assertThat(tensor.copy().isChannelsLast()).isTrue();
        assertThat(tensor.toArray()).isEqualTo(values);
    }

    @Test
    void aTensorDoesNotShareTheArrayItWasMadeFrom() {
        float[] values = {1, 2};
        Tensor tensor = Tensor.of(values, 2);

        values[0] = 9;

        assertThat(tensor.toArray()).containsExactly(1, 2);
    }

    @Test
    void aCopyHasMemoryOfItsOwn() {
        Tensor tensor = Tensor.full(1, 2);
        Tensor copy = tensor.copy();

        tensor.fill(5);

        assertThat(copy.toArray()).containsExactly(1, 1);
    }

    @Test
    void changesInPlaceChangeTheTensor() {
        Tensor tensor = Tensor.full(1, 2);

        tensor.scale(3).lerp(Tensor.full(7, 2), 0.25);

        assertThat(tensor.toArray()).containsExactly(4, 4);
    }

    @Test
    void gradientsComeInTheOrderAsked() {
        Tensor x = Tensor.full(3).requiresGrad(true);
        Tensor y = Tensor.full(5).requiresGrad(true);

        List<Tensor> gradients = Tensor.gradients(x.square().mul(y), List.of(y, x), false);

        assertThat(gradients.get(0).item()).isEqualTo(9);
        assertThat(gradients.get(1).item()).isEqualTo(30);
    }

    @Test
    void gradientsCanBeDifferentiatedAgain() {
        Tensor x = Tensor.of(new float[] {1, 2, -3}, 3).requiresGrad(true);
        Tensor cubes = x.square().mul(x).sum();

        Tensor slope = Tensor.gradients(cubes, List.of(x), true).get(0); // 3x²
        Tensor bend = Tensor.gradients(slope.square().sum(), List.of(x), false).get(0); // (9x⁴)' = 36x³

        assertThat(slope.toArray()).containsExactly(3, 12, 27);
        assertThat(bend.toArray()).containsExactly(36, 288, -972);
    }

    @Test
    void gradientsWithoutAGraphCannotBeDifferentiatedAgain() {
        Tensor x = Tensor.full(3).requiresGrad(true);
        Tensor slope = Tensor.gradients(x.square(), List.of(x), false).get(0);

        assertThatThrownBy(() -> Tensor.gradients(slope, List.of(x), false)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aDetachedTensorStopsTheGradient() {
        Tensor x = Tensor.full(3).requiresGrad(true);

        Tensor gradient = Tensor.gradients(x.mul(x.detach()), List.of(x), false).get(0);

        assertThat(gradient.item()).isEqualTo(3);
    }

    @Test
    void nothingIsRecordedUnderNoGrad() {
        Tensor x = Tensor.full(3).requiresGrad(true);

        try (NoGrad off = NoGrad.open()) {
            assertThat(x.square().raw.requires_grad()).isFalse();
        }
        assertThat(x.square().raw.requires_grad()).isTrue();
    }

    @Test
    void softplusStaysFinite() {
        assertThat(Tensor.of(new float[] {-1000, 0, 1000}, 3).softplus().toArray())
                .containsExactly(0, (float) Math.log(2), 1000);
    }
}
