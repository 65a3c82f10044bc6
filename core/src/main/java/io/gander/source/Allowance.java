package io.gander.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a tar file, of which only so many may stand in front of an entry: a long name in its table is held in memory
 * however long it is.
 */
final class Allowance extends FilterInputStream {
    private static final int MOST = 1 << 20;

    private long left = Long.MAX_VALUE;

    Allowance(InputStream in) {
        super(in);
    }

    /** The next entry. What is left of the one before is to be read first: it would count. */
    @Nullable
    TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
        left = MOST;
        TarArchiveEntry entry = tar.getNextEntry();
        left = Long.MAX_VALUE;
        return entry;
    }

    private void take(long bytes) throws IOException {
        left -= Math.max(0, bytes);
        if (left < 0) {
            throw new IOException("an entry's name has no end");
        }
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        take(1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        take(count);
        return count;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        take(skipped);
        return skipped;
    }
}
