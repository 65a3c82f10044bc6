package io.gander.tensor;

/** Floating-point numbers of 16 bits (IEEE 754 binary16). */
final class Half {
    private Half() {}

    /** The same number; every half is a float. */
    static float toFloat(short half) {
        int exponent = half >> 10 & 31;
        int fraction = half & 1023;
        float size =
                switch (exponent) {
                    case 0 -> Math.scalb((float) fraction, -24); // 0 and the subnormal numbers
                    case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
                    default -> Math.scalb((float) (1024 + fraction), exponent - 25);
                };
        return half < 0 ? -size : size;
    }
}
