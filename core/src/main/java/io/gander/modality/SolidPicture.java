package io.gander.modality;

import java.awt.image.BufferedImage;

/**
 * A solid seen from before, above and the side, without perspective: every pixel looks along a ray until the field is full, and is as
 * bright as the light falls on the surface there.
 *
 * @param fields occupancies, 0…1, the last axis (up) first in memory
 * @param offset where this solid's begin
 * @param size voxels along each axis
 */
record SolidPicture(float[] fields, int offset, int size) {
    private static final double TURN = Math.toRadians(35);
    private static final double ABOVE = Math.toRadians(25);
    private static final double STEP = 0.5;
    private static final double AMBIENT = 0.35;
    private static final int[] WOOD = {196, 150, 104};
    private static final int BACKGROUND = 0xF7F7F7;
    /** Of the cube's diagonal, so that every corner is in the picture. */
    private static final double REACH = 0.8;

    BufferedImage draw(int side) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        double[] ahead = {-Math.sin(TURN) * Math.cos(ABOVE), Math.cos(TURN) * Math.cos(ABOVE), -Math.sin(ABOVE)};
        double[] right = {Math.cos(TURN), Math.sin(TURN), 0};
        double[] up = cross(right, ahead);
        double[] light = unit(new double[] {-0.4 * right[0] - ahead[0], -0.4 * right[1] - ahead[1], 1.1});
        double reach = REACH * size;
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                double u = reach * (2 * (column + 0.5) / side - 1);
                double v = reach * (1 - 2 * (row + 0.5) / side);
                double[] at = new double[3];
                for (int i = 0; i < 3; i++) {
                    at[i] = size / 2.0 + u * right[i] + v * up[i] - reach * ahead[i];
                }
                image.setRGB(column, row, colour(at, ahead, light, 2 * reach));
            }
        }
        return image;
    }

    private int colour(double[] at, double[] ahead, double[] light, double way) {
        for (double gone = 0; gone < way; gone += STEP) {
            if (field(at[0], at[1], at[2]) > Voxel.FULL) {
                return shaded(at, light);
            }
            for (int i = 0; i < 3; i++) {
                at[i] += STEP * ahead[i];
            }
        }
        return BACKGROUND;
    }

    /** By the angle between the light and the direction in which the field falls. */
    private int shaded(double[] at, double[] light) {
        double[] normal = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            for (int distance = 1; distance <= 2; distance++) {
                double[] before = at.clone();
                double[] behind = at.clone();
                before[axis] -= distance;
                behind[axis] += distance;
                normal[axis] += field(before[0], before[1], before[2]) - field(behind[0], behind[1], behind[2]);
            }
        }
        double[] n = unit(normal);
        double cosine = Math.max(0, n[0] * light[0] + n[1] * light[1] + n[2] * light[2]);
        double brightness = AMBIENT + (1 - AMBIENT) * cosine;
        int rgb = 0;
        for (int channel : WOOD) {
            rgb = rgb << 8 | (int) Math.min(255, Math.round(1.15 * brightness * channel));
        }
        return rgb;
    }

    private double field(double x, double y, double z) {
        int i = (int) Math.floor(x);
        int j = (int) Math.floor(y);
        int k = (int) Math.floor(z);
        boolean inside = i >= 0 && j >= 0 && k >= 0 && i < size && j < size && k < size;
        return inside ? fields[offset + (i * size + j) * size + k] : 0;
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    private static double[] unit(double[] v) {
        double length = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        return length == 0 ? v : new double[] {v[0] / length, v[1] / length, v[2] / length};
    }
}
