package io.gander.modality;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/** A mesh as binary glTF 2.0 (Khronos Group, section 4.4): positions with normals, and triangles. What the file says of itself is in {@code extras}. */
final class Glb {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAGIC = 0x46546C67;
    private static final int JSON_CHUNK = 0x4E4F534A;
    private static final int BINARY_CHUNK = 0x004E4942;
    private static final int FLOAT = 5126;
    private static final int UNSIGNED_INT = 5125;
    private static final int ARRAY_BUFFER = 34962;
    private static final int ELEMENT_ARRAY_BUFFER = 34963;
    private static final double[] WOOD = {0.72, 0.55, 0.38, 1};

    private Glb() {}

    /** @param mesh z up; glTF has y up */
    static byte[] of(SurfaceNets.Mesh mesh, Map<String, String> text) throws IOException {
        float[] positions = upright(mesh.positions());
        float[] normals = normals(positions, mesh.indices());
        int vertices = Float.BYTES * positions.length;
        ByteBuffer binary = ByteBuffer.allocate(2 * vertices + Integer.BYTES * mesh.indices().length)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float[] values : new float[][] {positions, normals}) {
            for (float value : values) {
                binary.putFloat(value);
            }
        }
        for (int index : mesh.indices()) {
            binary.putInt(index);
        }
        ObjectNode root = root(text);
        ObjectNode scene = root.putArray("scenes").addObject();
        if (positions.length == 0) {
            return file(root, ByteBuffer.allocate(0)); // glTF knows no mesh without points
        }
        describe(root, scene, positions, mesh.indices().length);
        return file(root, binary.flip());
    }

    private static byte[] file(ObjectNode root, ByteBuffer binary) throws IOException {
        byte[] json = padded(JSON.writeValueAsBytes(root));
        int second = binary.hasRemaining() ? 8 + binary.remaining() : 0;
        ByteBuffer file = ByteBuffer.allocate(12 + 8 + json.length + second).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(MAGIC).putInt(2).putInt(file.capacity());
        file.putInt(json.length).putInt(JSON_CHUNK).put(json);
        if (second > 0) {
            file.putInt(binary.remaining()).putInt(BINARY_CHUNK).put(binary);
        }
        return file.array();
    }

    private static byte[] padded(byte[] json) {
        byte[] padded = Arrays.copyOf(json, (json.length + 3) / 4 * 4);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static float[] upright(float[] positions) {
        float[] upright = new float[positions.length];
        for (int i = 0; i < positions.length; i += 3) {
            upright[i] = positions[i];
            upright[i + 1] = positions[i + 2];
            upright[i + 2] = -positions[i + 1];
        }
        return upright;
    }

    /** Of each point the mean of its triangles' normals, by area, of length 1. */
    private static float[] normals(float[] p, int[] indices) {
        double[] sums = new double[p.length];
        for (int i = 0; i < indices.length; i += 3) {
            int a = 3 * indices[i];
            int b = 3 * indices[i + 1];
            int c = 3 * indices[i + 2];
            double[] u = {p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]};
            double[] v = {p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]};
            double[] cross = {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
            for (int corner : new int[] {a, b, c}) {
                for (int axis = 0; axis < 3; axis++) {
                    sums[corner + axis] += cross[axis];
                }
            }
        }
        float[] normals = new float[p.length];
        for (int i = 0; i < p.length; i += 3) {
            double length = Math.sqrt(sums[i] * sums[i] + sums[i + 1] * sums[i + 1] + sums[i + 2] * sums[i + 2]);
            for (int axis = 0; axis < 3; axis++) {
                normals[i + axis] = length == 0 ? (axis == 1 ? 1 : 0) : (float) (sums[i + axis] / length);
            }
        }
        return normals;
    }

    private static ObjectNode root(Map<String, String> text) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode asset = root.putObject("asset").put("version", "2.0").put("generator", "Gander");
        asset.set("extras", JSON.valueToTree(text));
        root.put("scene", 0);
        return root;
    }

    /** Puts the mesh into the scene. */
    private static void describe(ObjectNode root, ObjectNode scene, float[] positions, int indices) {
        int count = positions.length / 3;
        int bytes = Float.BYTES * positions.length;
        scene.putArray("nodes").add(0);
        root.putArray("nodes").addObject().put("mesh", 0);
        ObjectNode primitive =
                root.putArray("meshes").addObject().putArray("primitives").addObject();
        primitive.putObject("attributes").put("POSITION", 0).put("NORMAL", 1);
        primitive.put("indices", 2).put("material", 0);
        ObjectNode material = root.putArray("materials").addObject();
        ObjectNode surface = material.putObject("pbrMetallicRoughness")
                .put("metallicFactor", 0)
                .put("roughnessFactor", 0.8);
        surface.set("baseColorFactor", JSON.valueToTree(WOOD));
        root.putArray("buffers").addObject().put("byteLength", 2 * bytes + Integer.BYTES * indices);
        var views = root.putArray("bufferViews");
        views.addObject()
                .put("buffer", 0)
                .put("byteOffset", 0)
                .put("byteLength", bytes)
                .put("target", ARRAY_BUFFER);
        views.addObject()
                .put("buffer", 0)
                .put("byteOffset", bytes)
                .put("byteLength", bytes)
                .put("target", ARRAY_BUFFER);
        views.addObject()
                .put("buffer", 0)
                .put("byteOffset", 2 * bytes)
                .put("byteLength", Integer.BYTES * indices)
                .put("target", ELEMENT_ARRAY_BUFFER);
        var accessors = root.putArray("accessors");
        ObjectNode places = accessors
                .addObject()
                .put("bufferView", 0)
                .put("componentType", FLOAT)
                .put("count", count)
                .put("type", "VEC3");
        places.set("min", JSON.valueToTree(extremes(positions, true)));
        places.set("max", JSON.valueToTree(extremes(positions, false)));
        accessors
                .addObject()
                .put("bufferView", 1)
                .put("componentType", FLOAT)
                .put("count", count)
                .put("type", "VEC3");
        accessors
                .addObject()
                .put("bufferView", 2)
                .put("componentType", UNSIGNED_INT)
                .put("count", indices)
                .put("type", "SCALAR");
    }

    private static float[] extremes(float[] positions, boolean least) {
        float[] extremes = Arrays.copyOf(positions, 3);
        for (int i = 0; i < positions.length; i++) {
            float value = positions[i];
            extremes[i % 3] = least ? Math.min(extremes[i % 3], value) : Math.max(extremes[i % 3], value);
        }
        return extremes;
    }
}
