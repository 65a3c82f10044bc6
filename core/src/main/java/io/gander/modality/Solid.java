package io.gander.modality;

import java.util.Arrays;

/**
 * A box of voxels.
 *
 * @param width along the first axis, x
 * @param depth along the second, y
 * @param height along the third, z, which points up
 * @param voxels width·depth·height bytes, 0 for empty, the last axis first in memory
 */
record Solid(int width, int depth, int height, byte[] voxels) {
    boolean isEmpty() {
        for (byte voxel : voxels) {
            if (voxel != 0) {
                return false;
            }
        }
        return true;
    }

    /** In the middle of a cube: made smaller by a whole factor if it is larger, larger if it is at most half as large. */
    Solid within(int size) {
        int longest = Math.max(width, Math.max(depth, height));
        int shrink = (longest + size - 1) / size;
        int grow = Math.max(1, size / longest);
        byte[] cube = new byte[size * size * size];
        int[] from = {
            start(width, shrink, grow, size), start(depth, shrink, grow, size), start(height, shrink, grow, size)
        };
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < depth; y++) {
                for (int z = 0; z < height; z++) {
                    if (voxels[(x * depth + y) * height + z] != 0) {
                        fill(
                                cube,
                                size,
                                grow,
                                from[0] + x / shrink * grow,
                                from[1] + y / shrink * grow,
                                from[2] + z / shrink * grow);
                    }
                }
            }
        }
        return new Solid(size, size, size, cube);
    }

    private static int start(int length, int shrink, int grow, int size) {
        return (size - (length + shrink - 1) / shrink * grow) / 2;
    }

    private static void fill(byte[] cube, int size, int grow, int x, int y, int z) {
        for (int i = 0; i < grow; i++) {
            for (int j = 0; j < grow; j++) {
                int at = ((x + i) * size + y + j) * size + z;
                Arrays.fill(cube, at, at + grow, (byte) 255);
            }
        }
    }
}
