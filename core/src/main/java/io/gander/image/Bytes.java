package io.gander.image;

/** Reads the numbers and names of file headers. */
final class Bytes {
    private Bytes() {}

    /** Whether a file has these bytes, given as Latin-1, at a place. */
    static boolean has(byte[] file, int at, String latin) {
        if (at < 0 || file.length - at < latin.length()) {
            return false;
        }
        for (int i = 0; i < latin.length(); i++) {
            if ((file[at + i] & 255) != latin.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Unsigned, the high byte first. */
    static int big16(byte[] file, int at) {
        return (file[at] & 255) << 8 | (file[at + 1] & 255);
    }

    static int big32(byte[] file, int at) {
        return big16(file, at) << 16 | big16(file, at + 2);
    }

    /** Unsigned, the low byte first. */
    static int little16(byte[] file, int at) {
        return (file[at] & 255) | (file[at + 1] & 255) << 8;
    }

    static int little24(byte[] file, int at) {
        return little16(file, at) | (file[at + 2] & 255) << 16;
    }

    static int little32(byte[] file, int at) {
        return little16(file, at) | little16(file, at + 2) << 16;
    }

    static void putLittle32(byte[] file, int at, int value) {
        for (int i = 0; i < 4; i++) {
            file[at + i] = (byte) (value >>> (8 * i));
        }
    }
}
