package io.gander.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.error.BrokenExample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegEncoderTest {
    private static Bitmap slope(int width, int height, int channels) {
        byte[] pixels = new byte[channels * width * height];
        for (int i = 0; i < pixels.length; i++) {
            int x = i / channels % width;
            int y = i / channels / width;
            pixels[i] = (byte) (20 + 3 * x + 2 * y + 10 * (i % channels));
        }
        return new Bitmap(pixels, channels, height, width);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatIsReadBackIsNearlyWhatWasWritten(int channels) throws BrokenExample {
        Bitmap slope = slope(37, 21, channels);

        Bitmap back = Decoder.decode(JpegEncoder.encode(slope, 98), 0);

        assertThat(back.width()).isEqualTo(37);
        assertThat(back.height()).isEqualTo(21);
        assertThat(back.withChannels(channels).pixels()).hasSize(slope.pixels().length);
        for (int i = 0; i < slope.pixels().length; i++) {
            assertThat(back.withChannels(channels).pixels()[i] & 255).isCloseTo(slope.pixels()[i] & 255, within(8));
        }
    }

    @Test
    void qualityCostsBytes() {
        Bitmap slope = slope(64, 64, 3);

        int poor = JpegEncoder.encode(slope, 1).length;
        int fair = JpegEncoder.encode(slope, 60).length;
        int best = JpegEncoder.encode(slope, 100).length;

        assertThat(poor).isLessThan(fair);
        assertThat(fair).isLessThan(best);
    }

    @Test
    void theSamePictureGivesTheSameBytes() {
        assertThat(JpegEncoder.encode(slope(9, 5, 3), 75)).isEqualTo(JpegEncoder.encode(slope(9, 5, 3), 75));
    }

    /** A profile of more than one segment; the pictures stays what it was. */
    @Test
    void aProfileComesInPartsBehindTheFirstSegment() throws BrokenExample {
        byte[] profile = new byte[70_000];
        for (int i = 0; i < profile.length; i++) {
            profile[i] = (byte) (i * 7);
        }
        byte[] plain = JpegEncoder.encode(slope(20, 20, 3), 80);

        byte[] file = JpegEncoder.encode(slope(20, 20, 3), 80, profile);

        assertThat(file).hasSize(plain.length + 70_000 + 2 * (4 + 12 + 2));
        int head = 4 + Bytes.big16(file, 4);
        assertThat(Bytes.big16(file, head)).isEqualTo(0xFFE2);
        assertThat(Bytes.big16(file, head + 2)).isEqualTo(65_535);
        assertThat(file[head + 16]).isEqualTo((byte) 1);
        assertThat(file[head + 17]).isEqualTo((byte) 2);
        assertThat(file[head + 18 + 5]).isEqualTo(profile[5]);
        assertThat(Decoder.decode(file, 0).pixels())
                .isEqualTo(Decoder.decode(plain, 0).pixels());
        assertThat(JpegEncoder.encode(slope(20, 20, 3), 80, null)).isEqualTo(plain);
    }
}
