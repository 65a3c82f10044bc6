package io.gander.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.error.UserError;
import org.junit.jupiter.api.Test;

class EngineTest {
    @Test
    void theDeviceThatIsAskedForIsTakenOrRefused() {
        assertThat(Engine.cuda(null, true)).isTrue();
        assertThat(Engine.cuda("", false)).isFalse();
        assertThat(Engine.cuda("cpu", true)).isFalse();
        assertThat(Engine.cuda("CUDA", true)).isTrue();
        assertThatThrownBy(() -> Engine.cuda("cuda", false))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("finds no GPU here");
        assertThatThrownBy(() -> Engine.cuda("gpu", true))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("it can be cpu or cuda");
    }
}
