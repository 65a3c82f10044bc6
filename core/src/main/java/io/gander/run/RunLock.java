package io.gander.run;

import io.gander.error.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps others from training in a run directory until closed. The operating system lets go of it when this process ends, however it
 * ends.
 */
final class RunLock implements AutoCloseable {
    /** The directories that this process holds. Their files stay alone: who opens and closes one again lets go of the lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path run;
    private final FileChannel channel;

    private RunLock(Path run, FileChannel channel) {
        this.run = run;
        this.channel = channel;
    }

    /**
     * Takes the lock of a directory.
     *
     * @throws UserError if it is held
     */
    static RunLock take(Path path) throws IOException {
        Path run = path.toRealPath();
        if (HELD.add(run)) {
            FileChannel channel = open(run);
            if (channel.tryLock() != null) {
                return new RunLock(run, channel);
            }
            channel.close();
            HELD.remove(run);
        }
        throw new UserError("another process is training in " + path + ": wait for it, or end it first.");
    }

    /** Whether the lock of a directory is held, by this process or another. */
    static boolean isHeld(Path path) throws IOException {
        Path run = path.toRealPath();
        if (HELD.contains(run)) {
            return true;
        }
        try (FileChannel channel = open(run)) {
            return channel.tryLock() == null;
        }
    }

    private static FileChannel open(Path run) throws IOException {
        return FileChannel.open(run.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(run);
    }
}
