package io.gander.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RecolouredTest {
    private static Bitmap recoloured(Bitmap light, Bitmap colours) throws IOException {
        BitmapSink sink = new BitmapSink(3, colours.height(), colours.width());
        RowSink.copy(colours, new Recoloured(light, sink));
        return sink.bitmap();
    }

    @Test
    void theLightIsTheGreyPicturesAndTheDifferencesOfChannelsStay() throws IOException {
        Bitmap light = new Bitmap(new byte[] {100, 120, 90, 80}, 1, 2, 2);
        byte[] colours = {60, 50, 40, 90, 90, 90, 10, 30, 50, 70, 40, 40};
        Bitmap result = recoloured(light, new Bitmap(colours, 3, 2, 2));
        assertThat(result.withChannels(1).pixels()).isEqualTo(light.pixels());
        for (int i = 0; i < 12; i += 3) {
            assertThat(result.pixels()[i] - result.pixels()[i + 1]).isEqualTo(colours[i] - colours[i + 1]);
            assertThat(result.pixels()[i] - result.pixels()[i + 2]).isEqualTo(colours[i] - colours[i + 2]);
        }
    }

    @Test
    void whatIsTooBrightOrTooDarkIsCut() throws IOException {
        Bitmap light = new Bitmap(new byte[] {(byte) 255, 0}, 1, 1, 2);
        Bitmap result = recoloured(light, new Bitmap(new byte[] {100, 0, 0, 0, 0, 100}, 3, 1, 2));
        assertThat(result.pixels()).containsExactly(-1, 225, 225, 0, 0, 89);
    }
}
