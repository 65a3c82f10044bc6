package io.gander.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** As {@code numpy.save} of NumPy 2 writes {@code np.array([[1, -2.5, 0]], 'float32')}. */
class NumpyWriterTest {
    @Test
    void writesWhatNumpyWrites() {
        String numpy =
                "934e554d5059010076007b276465736372273a20273c6634272c2027666f727472616e5f6f72646572273a2046616c73652c"
                        + "20277368617065273a2028312c2033292c207d20202020202020202020202020202020202020202020202020202020202020"
                        + "2020202020202020202020202020202020202020202020202020200a0000803f000020c000000000";
        assertThat(HexFormat.of().formatHex(NumpyWriter.of(new float[] {1, -2.5f, 0}, 1, 3)))
                .isEqualTo(numpy);
    }
}
