package io.gander.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HalfTest {
    /** The examples of IEEE 754, as Wikipedia's page on the format has them. */
    @Test
    void numbersOfEveryKindAreRight() {
        assertThat(Half.toFloat((short) 0x0000)).isEqualTo(0f);
        assertThat(Half.toFloat((short) 0x8000)).isEqualTo(-0f);
        assertThat(Half.toFloat((short) 0x0001)).isEqualTo(0x1p-24f);
        assertThat(Half.toFloat((short) 0x03ff)).isEqualTo(0x1.ff8p-15f);
        assertThat(Half.toFloat((short) 0x0400)).isEqualTo(0x1p-14f);
        assertThat(Half.toFloat((short) 0x3555)).isEqualTo(0.33325195f);
        assertThat(Half.toFloat((short) 0x3c01)).isEqualTo(1.0009766f);
        assertThat(Half.toFloat((short) 0xc000)).isEqualTo(-2f);
        assertThat(Half.toFloat((short) 0x7bff)).isEqualTo(65504f);
        assertThat(Half.toFloat((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Half.toFloat((short) 0x7e00)).isNaN();
    }

    @Test
    void safetensorsOfHalvesAreRead(@TempDir Path folder) throws IOException {
        byte[] header =
                "{\"__metadata__\":{\"mean\":\"1,2\"},\"x\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}"
                        .getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header).putShort((short) 0x3c00).putShort((short) 0xc000);
        Path file = Files.write(folder.resolve("half.safetensors"), bytes.array());

        Safetensors.Array x =
                Objects.requireNonNull(Safetensors.read(file, name -> true).get("x"));

        assertThat(x.values()).containsExactly(1, -2);
        assertThat(Safetensors.metadata(file)).isEqualTo(Map.of("mean", "1,2"));
    }
}
