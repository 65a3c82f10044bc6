package io.gander.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private static void work(String name, Runnable inside) {
        try (Profile.Section section = Profile.section(name)) {
            Profile.count(1);
            inside.run();
        }
    }

    private static void idle() {
        long until = System.nanoTime() + 2_000_000;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    @Test
    void eachSectionHasItsOwnTimeAndNotThatOfThoseInside() {
        Profile.start();
        work("outer", () -> {
            work("inner", ProfileTest::idle);
            work("inner", ProfileTest::idle);
        });
        Profile.Result result = Profile.stop();

        assertThat(result.parts()).extracting(Profile.Part::name).containsExactly("outer", "inner");
        assertThat(result.parts()).extracting(Profile.Part::calls).containsExactly(1L, 2L);
        double inner = result.parts().get(1).seconds();
        double outer = result.parts().get(0).seconds();
        assertThat(inner).isGreaterThanOrEqualTo(4e-3); // two times idle
        assertThat(result.flops()).isEqualTo(3);
        assertThat(outer).isPositive();
        assertThat(outer + inner).isLessThanOrEqualTo(result.seconds());
    }

    @Test
    void aClosedSectionKeepsAllForItself() {
        Profile.start();
        try (Profile.Section section = Profile.closed("record")) {
            work("inner", () -> {});
        }
        work("after", () -> {});
        Profile.Result result = Profile.stop();

        assertThat(result.parts()).extracting(Profile.Part::name).isEqualTo(List.of("record", "after"));
        assertThat(result.flops()).isEqualTo(1);
    }

    @Test
    void whatWasOpenAtTheStartOrTheStopDoesNoHarm() {
        try (Profile.Section before = Profile.section("before")) {
            Profile.start();
        }
        Profile.Result result;
        try (Profile.Section during = Profile.section("during")) {
            result = Profile.stop();
        }
        assertThat(result.parts()).extracting(Profile.Part::name).containsExactly("during");
        assertThat(Profile.on()).isFalse();
        assertThatThrownBy(Profile::stop).isInstanceOf(NullPointerException.class);
    }
}
