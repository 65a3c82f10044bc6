package io.gander.run;

import io.gander.error.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps others from training in a run directory until closed. The operating system lets go of it when this process ends, however it
 * ends.
 */
final class RunLock implements AutoCloseable {
    private static final String FILE = ".lock";

    /** The directories that this process holds. Their files stay alone: who opens and closes one again lets go of the lock. */
    private static final Set<Path> HELD = new HashSet<>();

    /** Who only looks holds the lock for an instant. */
    private static final int ATTEMPTS = 5;

    private static final long PAUSE = 50_000_000; // nanoseconds

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
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            RunLock lock = attempt(path.toRealPath());
            if (lock != null) {
                return lock;
            }
            LockSupport.parkNanos(PAUSE);
        }
        throw new UserError("another process is training in " + path + ": wait for it, or end it first.");
    }

    private static @Nullable RunLock attempt(Path run) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(run)) {
                return null;
            }
            FileChannel channel =
                    FileChannel.open(run.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean taken = false;
            try {
                taken = channel.tryLock() != null;
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
            return taken && HELD.add(run) ? new RunLock(run, channel) : null;
        }
    }

    /** Whether the lock of a directory is held, by this process or another; not where nobody can or did write it. */
    static boolean isHeld(Path path) throws IOException {
        Path run = path.toRealPath();
        synchronized (HELD) {
            if (HELD.contains(run)) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(run.resolve(FILE), StandardOpenOption.WRITE)) {
                return channel.tryLock() == null;
            } catch (NoSuchFileException | AccessDeniedException e) {
                return false;
            }
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            channel.close();
            HELD.remove(run);
        }
    }
}
