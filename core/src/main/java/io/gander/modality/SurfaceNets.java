package io.gander.modality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The surface of a field of occupancies as triangles, by surface nets (Gibson, 1998): a point in every cell of eight neighbours of which some
 * are full, in the middle of where its edges cross, and a square around every edge that crosses. Outside of the cube all is empty, so the
 * surface is closed.
 */
final class SurfaceNets {
    private final float[] field;
    private final int size;
    private final int cells;
    private final int[] points;
    private final List<float[]> places = new ArrayList<>();
    private final List<int[]> triangles = new ArrayList<>();

    /**
     * Triangles.
     *
     * @param positions x, y, z of each point, in voxels, z up
     * @param indices three points for each triangle, against the clock as seen from outside
     */
    record Mesh(float[] positions, int[] indices) {}

    private SurfaceNets(float[] field, int size) {
        this.field = field;
        this.size = size;
        this.cells = size + 1; // from one voxel before the cube to one behind it
        this.points = new int[cells * cells * cells];
        Arrays.fill(points, -1);
    }

    /** @param field size³ occupancies, 0…1, the last axis first in memory */
    static Mesh of(float[] field, int size) {
        SurfaceNets nets = new SurfaceNets(field, size);
        nets.findPoints();
        nets.join();
        return nets.mesh();
    }

    /** An occupancy less what counts as full; outside of the cube nothing is. */
    private double at(int x, int y, int z) {
        boolean inside = x >= 0 && y >= 0 && z >= 0 && x < size && y < size && z < size;
        return (inside ? field[(x * size + y) * size + z] : 0) - Voxel.FULL;
    }

    private void findPoints() {
        for (int x = 0; x < cells; x++) {
            for (int y = 0; y < cells; y++) {
                for (int z = 0; z < cells; z++) {
                    float[] place = place(x - 1, y - 1, z - 1);
                    if (place.length > 0) {
                        points[(x * cells + y) * cells + z] = places.size();
                        places.add(place);
                    }
                }
            }
        }
    }

    /** The mean of where the cell's twelve edges cross; empty if none does. */
    private float[] place(int x, int y, int z) {
        double[] sum = new double[3];
        int crossings = 0;
        for (int axis = 0; axis < 3; axis++) {
            for (int other = 0; other < 4; other++) {
                int[] from = new int[3];
                from[(axis + 1) % 3] = other & 1;
                from[(axis + 2) % 3] = other >> 1;
                int[] to = from.clone();
                to[axis] = 1;
                double a = at(x + from[0], y + from[1], z + from[2]);
                double b = at(x + to[0], y + to[1], z + to[2]);
                if (a > 0 != b > 0) {
                    crossings++;
                    for (int i = 0; i < 3; i++) {
                        sum[i] += from[i] + (to[i] - from[i]) * (a / (a - b));
                    }
                }
            }
        }
        return crossings == 0
                ? new float[0]
                : new float[] {
                    (float) (x + sum[0] / crossings), (float) (y + sum[1] / crossings), (float) (z + sum[2] / crossings)
                };
    }

    /** Around every edge from a voxel to the next along an axis that crosses lie four cells. */
    private void join() {
        for (int axis = 0; axis < 3; axis++) {
            for (int x = -1; x < size; x++) {
                for (int y = -1; y < size; y++) {
                    for (int z = -1; z < size; z++) {
                        int[] from = {x, y, z};
                        if (from[(axis + 1) % 3] >= 0 && from[(axis + 2) % 3] >= 0) {
                            square(from, axis);
                        }
                    }
                }
            }
        }
    }

    private void square(int[] from, int axis) {
        int[] to = from.clone();
        to[axis]++;
        boolean full = at(from[0], from[1], from[2]) > 0;
        if (full == at(to[0], to[1], to[2]) > 0) {
            return;
        }
        int[] around = new int[4];
        for (int i = 0; i < 4; i++) {
            int[] cell = from.clone();
            cell[(axis + 1) % 3] -= i == 0 || i == 3 ? 1 : 0;
            cell[(axis + 2) % 3] -= i < 2 ? 1 : 0;
            around[i] = points[((cell[0] + 1) * cells + cell[1] + 1) * cells + cell[2] + 1];
        }
        int second = full ? 1 : 3;
        int last = full ? 3 : 1;
        triangles.add(new int[] {around[0], around[second], around[2]});
        triangles.add(new int[] {around[0], around[2], around[last]});
    }

    private Mesh mesh() {
        float[] positions = new float[3 * places.size()];
        for (int i = 0; i < places.size(); i++) {
            System.arraycopy(places.get(i), 0, positions, 3 * i, 3);
        }
        int[] indices = triangles.stream().flatMapToInt(Arrays::stream).toArray();
        return new Mesh(positions, indices);
    }
}
