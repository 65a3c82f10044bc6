package io.gander.source;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in front of an array's numbers in NumPy's format NPY, versions 1 to 3.
 *
 * @param type the numbers' kind and bytes, such as u1 or f4; V for records, whose shape is not read
 * @param bigEndian whether their first byte is the highest
 * @param fortran whether the first index runs fastest
 * @param shape its sizes, from 0 to 10¹⁰ each
 * @param bytes how long the header is
 */
record NumpyHeader(String type, boolean bigEndian, boolean fortran, List<Long> shape, long bytes) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST = 1 << 16; // bytes; NumPy itself reads no more than 10,000 without being asked to
    private static final int DIMENSIONS = 64; // NumPy's own limit
    private static final Pattern KEY = Pattern.compile(" *'(descr|fortran_order|shape)' *: *");
    private static final Pattern VALUE = Pattern.compile("'([^'\\\\]*)'|True|False|\\(([0-9, ]*)\\)");
    private static final Pattern TYPE = Pattern.compile("[<>|=]?[a-zA-Z][0-9a-zA-Z\\[\\]]{0,20}");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,10}"); // what is more than that is not possible anyway
    private static final Pattern COMMA = Pattern.compile(" *,? *");

    /** Reads the header, and leaves the stream where the numbers begin. */
    static NumpyHeader read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        byte[] magic = data.readNBytes(MAGIC.length);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IOException("it is not a NumPy array");
        }
        int version = data.readUnsignedByte();
        int minor = data.readUnsignedByte();
        if (version < 1 || version > 3 || minor != 0) {
            throw new IOException("its format's version is " + version + "." + minor + ", not 1.0, 2.0 or 3.0");
        }
        long length = Integer.toUnsignedLong(
                version == 1 ? Short.reverseBytes(data.readShort()) & 0xffff : Integer.reverseBytes(data.readInt()));
        if (length > LONGEST) {
            throw new IOException("its header has " + length + " bytes");
        }
        byte[] text = data.readNBytes((int) length);
        if (text.length < length) {
            throw new EOFException();
        }
        long bytes = MAGIC.length + 2 + (version == 1 ? 2 : 4) + length;
        return parse(new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1), bytes);
    }

    /** Reads a dictionary as Python writes it: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }. */
    private static NumpyHeader parse(String text, long bytes) throws IOException {
        String dictionary = text.strip();
        if (!dictionary.startsWith("{") || !dictionary.endsWith("}")) {
            throw malformed();
        }
        Map<String, String> values = new HashMap<>();
        Matcher matcher = KEY.matcher(dictionary).region(1, dictionary.length() - 1);
        while (matcher.usePattern(KEY).lookingAt()) {
            String key = matcher.group(1);
            matcher.region(matcher.end(), dictionary.length() - 1);
            if (key.equals("descr") && dictionary.startsWith("[", matcher.regionStart())) {
                return new NumpyHeader("V", false, false, List.of(), bytes); // a file may hold such beside its pictures
            }
            if (!matcher.usePattern(VALUE).lookingAt() || values.put(key, matcher.group()) != null) {
                throw malformed();
            }
            matcher.region(matcher.end(), dictionary.length() - 1);
            boolean comma =
                    matcher.usePattern(COMMA).lookingAt() && matcher.group().contains(",");
            if (!comma && matcher.end() < matcher.regionEnd()) {
                throw malformed();
            }
            matcher.region(matcher.end(), dictionary.length() - 1);
        }
        if (values.size() < 3 || matcher.regionStart() < matcher.regionEnd()) {
            throw malformed();
        }
        String fortran = values.getOrDefault("fortran_order", "");
        if (!fortran.equals("True") && !fortran.equals("False")) {
            throw malformed();
        }
        String descr = values.getOrDefault("descr", "").replace("'", "");
        if (!TYPE.matcher(descr).matches()) {
            throw malformed();
        }
        return new NumpyHeader(
                descr.replaceFirst("^[<>|=]", ""),
                descr.startsWith(">"),
                fortran.equals("True"),
                shape(values.getOrDefault("shape", "")),
                bytes);
    }

    /** (), (3,) or (3, 4), with or without a comma at the end. */
    private static List<Long> shape(String tuple) throws IOException {
        if (!tuple.startsWith("(")) {
            throw malformed();
        }
        List<Long> shape = new ArrayList<>();
        String numbers = tuple.substring(1, tuple.length() - 1).strip();
        if (numbers.isEmpty()) {
            return shape;
        }
        String[] parts = numbers.split(",", DIMENSIONS + 2);
        boolean closed = parts.length > 1 && parts[parts.length - 1].isBlank();
        for (int i = 0; i < parts.length - (closed ? 1 : 0); i++) {
            String number = parts[i].strip();
            if (!SIZE.matcher(number).matches()) {
                throw new IOException("its shape is " + shorten(tuple));
            }
            shape.add(Long.parseLong(number));
        }
        if (shape.size() > DIMENSIONS) {
            throw new IOException("its shape is " + shorten(tuple));
        }
        return shape;
    }

    private static String shorten(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private static IOException malformed() {
        return new IOException("its header is not the dictionary that NumPy writes");
    }
}
