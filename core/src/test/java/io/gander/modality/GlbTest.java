package io.gander.modality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** By the specification of glTF 2.0, section 4.4 and what it asks of accessors. */
class GlbTest {
    private static final Map<String, String> TEXT = Map.of("Software", "Gander", "Comment", "quoted \" and ü");

    private static ByteBuffer file(Solid solid) throws IOException {
        SurfaceNets.Mesh mesh = SurfaceNets.of(Solids.field(solid), solid.width());
        return ByteBuffer.wrap(Glb.of(mesh, TEXT)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads the header and the first chunk, and leaves the buffer behind it. */
    private static JsonNode json(ByteBuffer file) throws IOException {
        assertThat(file.getInt()).as("glTF").isEqualTo(0x46546C67);
        assertThat(file.getInt()).as("version").isEqualTo(2);
        assertThat(file.getInt()).as("length").isEqualTo(file.capacity());
        int length = file.getInt();
        assertThat(length % 4).isZero();
        assertThat(file.getInt()).as("JSON").isEqualTo(0x4E4F534A);
        byte[] json = new byte[length];
        file.get(json);
        return new ObjectMapper().readTree(json);
    }

    private static ByteBuffer binary(ByteBuffer file) {
        int length = file.getInt();
        assertThat(length % 4).isZero();
        assertThat(file.getInt()).as("BIN").isEqualTo(0x004E4942);
        assertThat(file.remaining()).as("nothing behind it").isEqualTo(length);
        return file.slice(file.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void theChunksAndTheirLengthsAreRight() throws IOException {
        ByteBuffer file = file(Solids.l(8));
        JsonNode json = json(file);
        ByteBuffer binary = binary(file);

        assertThat(json.at("/asset/version").asText()).isEqualTo("2.0");
        assertThat(json.at("/asset/extras/Comment").asText()).isEqualTo(TEXT.get("Comment"));
        assertThat(json.at("/scenes/0/nodes/0").asInt(-1)).isZero();
        assertThat(json.at("/buffers/0/byteLength").asInt()).isEqualTo(binary.capacity());
        int end = 0;
        for (JsonNode view : json.path("bufferViews")) {
            assertThat(view.path("byteOffset").asInt())
                    .as("one behind the other")
                    .isEqualTo(end);
            assertThat(end % 4).isZero();
            end += view.path("byteLength").asInt();
        }
        assertThat(end).isEqualTo(binary.capacity());
    }

    @Test
    void pointsLieWithinWhatTheFileSaysAndIndicesNamePoints() throws IOException {
        ByteBuffer file = file(Solids.l(8));
        JsonNode accessors = json(file).path("accessors");
        ByteBuffer binary = binary(file);
        int count = accessors.at("/0/count").asInt();
        float[] least = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
        float[] most = {-Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
        for (int i = 0; i < 3 * count; i++) {
            float value = binary.getFloat();
            least[i % 3] = Math.min(least[i % 3], value);
            most[i % 3] = Math.max(most[i % 3], value);
        }

        for (int axis = 0; axis < 3; axis++) {
            assertThat((float) accessors.at("/0/min/" + axis).asDouble()).isEqualTo(least[axis]);
            assertThat((float) accessors.at("/0/max/" + axis).asDouble()).isEqualTo(most[axis]);
        }
        assertThat(accessors.at("/1/count").asInt()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            double length = Math.sqrt(square(binary) + square(binary) + square(binary));
            assertThat(length).as("normal %d", i).isCloseTo(1, within(1e-5));
        }
        int indices = accessors.at("/2/count").asInt();
        assertThat(indices).isPositive();
        assertThat(indices % 3).isZero();
        for (int i = 0; i < indices; i++) {
            assertThat(binary.getInt()).isBetween(0, count - 1);
        }
        assertThat(binary.hasRemaining()).isFalse();
    }

    private static double square(ByteBuffer binary) {
        double value = binary.getFloat();
        return value * value;
    }

    /** A pole 6 high above (2, 5): glTF's y is up, and its z comes towards the viewer, so away is −z. */
    @Test
    void upIsYAndNothingIsMirrored() throws IOException {
        JsonNode places = json(file(Solids.of(8, 8, 8, (x, y, z) -> x >= 1 && x < 4 && y >= 5 && y < 7 && z < 6)))
                .at("/accessors/0");

        assertThat(places.path("max").toString()).isEqualTo("[3.5,5.5,-4.5]");
        assertThat(places.path("min").toString()).isEqualTo("[0.5,-0.5,-6.5]");
    }

    /** A mesh needs points, so nothing is a scene with nothing in it. */
    @Test
    void anEmptySolidIsAnEmptyScene() throws IOException {
        ByteBuffer file = file(Solids.of(4, 4, 4, (x, y, z) -> false));
        JsonNode json = json(file);

        assertThat(file.hasRemaining()).isFalse();
        assertThat(json.path("scenes").toString()).isEqualTo("[{}]");
        assertThat(json.has("meshes")).isFalse();
        assertThat(json.has("buffers")).isFalse();
        assertThat(json.at("/asset/extras/Software").asText()).isEqualTo("Gander");
    }
}
