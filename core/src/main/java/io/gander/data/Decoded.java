package io.gander.data;

import io.gander.file.Sha256;
import io.gander.modality.Codec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Decoded examples in a memory-mapped file: the operating system holds in memory what it has room for, the JVM's heap holds
 * four bytes an example.
 */
final class Decoded implements Dataset {
    private final DecodedCache.Index index;
    private final MappedByteBuffer[] segments;
    private final int perSegment;
    private final Slots slots;
    private final int[] used;
    private final Codec codec;
    private final int parts;
    private final int bytes;

    private Decoded(DecodedCache.Index index, Codec codec, MappedByteBuffer[] segments, int perSegment, Slots slots) {
        this.index = index;
        this.codec = codec;
        this.segments = segments;
        this.perSegment = perSegment;
        this.slots = slots;
        this.used = slots.used();
        this.parts = index.parts();
        this.bytes = codec.bytes();
    }

    /**
     * Maps a file in pieces, none of which cuts an example in two.
     *
     * @param segment the largest piece, bytes; at least one example
     */
    static Decoded map(Path examples, DecodedCache.Index index, Codec codec, long segment) throws IOException {
        int bytes = index.parts() * codec.bytes();
        long end = index.examples() * bytes;
        int perSegment = (int) (segment / bytes);
        int count = Math.toIntExact((index.examples() + perSegment - 1) / perSegment);
        try (FileChannel file = FileChannel.open(examples, StandardOpenOption.READ)) {
            if (file.size() != end + Integer.BYTES * index.examples()) {
                throw new IOException(examples.getFileName() + " has another length than when it was written");
            }
            MappedByteBuffer[] segments = new MappedByteBuffer[count];
            for (int i = 0; i < count; i++) {
                long from = (long) i * perSegment * bytes;
                segments[i] =
                        file.map(FileChannel.MapMode.READ_ONLY, from, Math.min((long) perSegment * bytes, end - from));
            }
            return new Decoded(index, codec, segments, perSegment, Slots.read(file, end, (int) index.examples()));
        }
    }

    @Override
    public String name() {
        return index.name();
    }

    @Override
    public int count() {
        return used.length * parts;
    }

    @Override
    public int parts() {
        return parts;
    }

    @Override
    public Codec codec() {
        return codec;
    }

    @Override
    public void read(int i, byte[] target, int offset) {
        int slot = used[i / parts];
        int place = (slot % perSegment * parts + i % parts) * bytes;
        segments[slot / perSegment].get(place, target, offset, bytes);
    }

    @Override
    public String fingerprint() {
        return index.sha256();
    }

    @Override
    public List<String> labels() {
        return index.labels();
    }

    @Override
    public int label(int i) {
        return slots.label(used[i / parts]);
    }

    @Override
    public int broken() {
        return (int) index.broken();
    }

    /** Those that were left out; of many, the first. */
    List<Broken> brokenOnes() {
        return index.brokenOnes();
    }

    /**
     * SHA-256 over the examples that are used.
     *
     * @param stop true gives up with a CancellationException: a large file takes minutes
     */
    static String fingerprint(FileChannel file, Slots slots, int bytes, BooleanSupplier stop) throws IOException {
        MessageDigest digest = Sha256.digest();
        ByteBuffer example = ByteBuffer.allocate(bytes);
        for (int slot : slots.used()) {
            if (stop.getAsBoolean()) {
                throw new CancellationException("stopped after decoding");
            }
            example.clear();
            long place = (long) slot * bytes;
            while (example.hasRemaining() && file.read(example, place + example.position()) >= 0) {
                // until the example is whole
            }
            digest.update(example.flip());
        }
        return Sha256.hex(digest);
    }
}
