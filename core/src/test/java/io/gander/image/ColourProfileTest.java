package io.gander.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.BrokenExample;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColourProfileTest {
    private static final byte[] PROFILE = Fixtures.bytes("profile/profile.icc");

    @ParameterizedTest
    @ValueSource(strings = {"rgb.jpg", "rgb.png", "rgb.webp"})
    void isFoundInWhatPillowWrote(String name) {
        byte[] file = Fixtures.bytes("profile/" + name);
        assertThat(ColourProfile.of(file, 3)).isEqualTo(PROFILE);
        assertThat(ColourProfile.of(file, 1))
                .as("an RGB profile says nothing of grey")
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.jpg", "rgb.png", "rgb.webp"})
    void whatIsCutOffOrDamagedIsNoProfile(String name) {
        byte[] file = Fixtures.bytes("profile/" + name);
        for (int length = 0; length < Math.min(file.length, 900); length += 7) {
            assertThat(ColourProfile.of(Arrays.copyOf(file, length), 3)).isNull();
        }
        for (int i = 0; i < 300; i++) {
            byte[] damaged = file.clone();
            damaged[i] ^= 0x55;
            byte[] found = ColourProfile.of(damaged, 3);
            assertThat(found == null || found.length == PROFILE.length).isTrue();
        }
    }

    @Test
    void aJpegTakesAProfileOfManySegments() throws BrokenExample {
        Bitmap picture = new Bitmap(new byte[3 * 20 * 10], 3, 20, 10);
        byte[] file = JpegEncoder.encode(picture, 90, PROFILE);
        assertThat(ColourProfile.of(file, 3)).isEqualTo(PROFILE);
        assertThat(Decoder.decode(file, 0))
                .usingRecursiveComparison()
                .isEqualTo(Decoder.decode(JpegEncoder.encode(picture, 90, null), 0));
        assertThat(ColourProfile.of(JpegEncoder.encode(picture, 90, null), 3)).isNull();
    }
}
