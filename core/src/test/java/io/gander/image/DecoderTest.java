package io.gander.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecoderTest {
    static List<String> pictures() {
        return Fixtures.pictures();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void decodesAsPillowDoes(String name) throws BrokenPicture {
        Bitmap wanted = Fixtures.wanted(name);

        Bitmap decoded = Decoder.decode(Fixtures.picture(name), 0);

        assertThat(decoded.width()).as("width").isEqualTo(wanted.width());
        assertThat(decoded.height()).as("height").isEqualTo(wanted.height());
        assertThat(decoded.channels()).as("channels").isEqualTo(wanted.channels());
        int difference = 0;
        for (int i = 0; i < wanted.pixels().length; i++) {
            difference = Math.max(difference, Math.abs((decoded.pixels()[i] & 255) - (wanted.pixels()[i] & 255)));
        }
        assertThat(difference).as("largest difference").isLessThanOrEqualTo(0);
    }
}
