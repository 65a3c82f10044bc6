package io.gander.modality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Surfaces are closed, look outwards and hold about as much as their voxels. */
class SurfaceNetsTest {
    private static SurfaceNets.Mesh mesh(int size, Solids.Rule rule) {
        return SurfaceNets.of(Solids.field(Solids.of(size, size, size, rule)), size);
    }

    @Test
    void aVoxelIsASmallCube() {
        SurfaceNets.Mesh mesh = mesh(3, (x, y, z) -> x == 1 && y == 1 && z == 1);

        closed(mesh);
        assertThat(mesh.positions()).hasSize(3 * 8);
        assertThat(mesh.indices()).hasSize(3 * 12);
        assertThat(volume(mesh))
                .isCloseTo(1 / 27.0, within(1e-6)); // a corner is the mean of three edges' middles: 1/6 away
    }

    @Test
    void aBoxHoldsItsVoxelsButForItsRoundedEdges() {
        SurfaceNets.Mesh mesh = mesh(12, (x, y, z) -> x >= 2 && x < 10 && y >= 1 && y < 9 && z < 10);

        closed(mesh);
        assertThat(volume(mesh)).isBetween(0.9 * 8 * 8 * 10, 8.0 * 8 * 10);
    }

    @Test
    void aSphereOfOccupanciesIsRound() {
        int size = 20;
        float[] field = new float[size * size * size];
        double[] centre = {9.3, 9.5, 9.8};
        double radius = 7;
        for (int i = 0; i < field.length; i++) {
            int x = i / size / size;
            int y = i / size % size;
            double distance = distance(new double[] {x, y, i % size}, centre);
            field[i] = (float) Math.max(0, Math.min(1, 0.5 + (radius - distance) / 2));
        }
        SurfaceNets.Mesh mesh = SurfaceNets.of(field, size);

        closed(mesh);
        assertThat(volume(mesh))
                .isCloseTo(
                        4 / 3.0 * Math.PI * Math.pow(radius, 3), within(45.0)); // 3 %: the points lie a little inside
        float[] p = mesh.positions();
        for (int i = 0; i < p.length; i += 3) {
            assertThat(distance(new double[] {p[i], p[i + 1], p[i + 2]}, centre))
                    .isCloseTo(radius, within(0.2));
        }
        for (int i = 0; i < mesh.indices().length; i += 3) {
            assertThat(outwards(mesh, i, centre)).as("triangle %d", i / 3).isPositive();
        }
    }

    @Test
    void aFullCubeIsClosedByWhatLiesOutside() {
        SurfaceNets.Mesh mesh = mesh(4, (x, y, z) -> true);

        closed(mesh);
        assertThat(mesh.indices()).hasSize(3 * 2 * 6 * 4 * 4);
        assertThat(volume(mesh)).isBetween(0.8 * 64, 64.0);
    }

    @Test
    void nothingHasNoSurface() {
        SurfaceNets.Mesh mesh = mesh(4, (x, y, z) -> false);

        assertThat(mesh.positions()).isEmpty();
        assertThat(mesh.indices()).isEmpty();
    }

    /** Where voxels touch at an edge four triangles may meet; each edge is still walked as often one way as the other. */
    @Test
    void noiseIsClosedToo() {
        Random random = new Random(8);
        SurfaceNets.Mesh mesh = mesh(7, (x, y, z) -> random.nextInt(3) == 0);

        edges(mesh).forEach((edge, ways) -> assertThat(ways[0]).as(edge).isEqualTo(ways[1]));
        assertThat(volume(mesh)).isPositive();
    }

    @Test
    void theAxesKeepTheirOrder() {
        SurfaceNets.Mesh mesh = mesh(10, (x, y, z) -> x < 8 && y < 5 && z < 3);
        float[] most = {0, 0, 0};
        for (int i = 0; i < mesh.positions().length; i++) {
            most[i % 3] = Math.max(most[i % 3], mesh.positions()[i]);
        }

        assertThat(most).containsExactly(7.5F, 4.5F, 2.5F);
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    /** Each edge is in exactly two triangles, which walk it in opposite ways, and every point is used. */
    private static void closed(SurfaceNets.Mesh mesh) {
        edges(mesh).forEach((edge, ways) -> assertThat(ways).as(edge).containsExactly(1, 1));
        assertThat(Arrays.stream(mesh.indices()).distinct().count()).isEqualTo(mesh.positions().length / 3);
    }

    /** How often each edge is walked from its lower to its higher point, and back. */
    private static Map<String, int[]> edges(SurfaceNets.Mesh mesh) {
        Map<String, int[]> edges = new HashMap<>();
        for (int i = 0; i < mesh.indices().length; i++) {
            int from = mesh.indices()[i];
            int to = mesh.indices()[i % 3 == 2 ? i - 2 : i + 1];
            int[] ways = edges.computeIfAbsent(Math.min(from, to) + "-" + Math.max(from, to), edge -> new int[2]);
            ways[from < to ? 0 : 1]++;
        }
        return edges;
    }

    /** By the divergence theorem: the sum of the tetrahedra between the origin and each triangle. */
    private static double volume(SurfaceNets.Mesh mesh) {
        double volume = 0;
        for (int i = 0; i < mesh.indices().length; i += 3) {
            double[] a = point(mesh, i);
            volume += dot(a, cross(point(mesh, i + 1), point(mesh, i + 2))) / 6;
        }
        return volume;
    }

    /** A triangle's normal along the way from the centre. */
    private static double outwards(SurfaceNets.Mesh mesh, int triangle, double[] centre) {
        double[] a = point(mesh, triangle);
        double[] normal = cross(less(point(mesh, triangle + 1), a), less(point(mesh, triangle + 2), a));
        return dot(normal, less(a, centre));
    }

    private static double[] point(SurfaceNets.Mesh mesh, int corner) {
        int at = 3 * mesh.indices()[corner];
        return new double[] {mesh.positions()[at], mesh.positions()[at + 1], mesh.positions()[at + 2]};
    }

    private static double[] less(double[] a, double[] b) {
        return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }
}
