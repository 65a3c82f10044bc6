package io.gander.download;

import io.gander.error.UserError;
import io.gander.file.CacheFolder;
import io.gander.file.Faults;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Files in one folder of the cache: fetched by one process at a time, and checked when they are used. A file that the user
 * put there is as good as a fetched one, if its SHA-256 is right.
 *
 * @param folder which may not exist yet
 */
record Shelf(Wanted wanted, Path folder, List<NamedFile> files) {
    /** Locks of the operating system are between processes; these are between the threads of this one. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    /** Where a file lies, or shall lie. */
    Path path(NamedFile file) {
        return folder.resolve(file.name());
    }

    /** Lengths are exact where a SHA-256 was published with them. */
    boolean seemsWhole() {
        return files.stream()
                .allMatch(file -> Files.isRegularFile(path(file))
                        && (file.sha256() == null || path(file).toFile().length() == file.bytes()));
    }

    /**
     * Fetches what is missing, and checks what is here. If another process is doing so, waits for it.
     *
     * @throws UserError if it cannot be had, in one line that says how to get it otherwise
     */
    void fetch(Supplier<Fetcher> fetcher, DownloadListener listener) {
        if (seemsWhole()) {
            files.forEach(this::check);
            return;
        }
        CacheFolder.make(folder);
        ReentrantLock threads = THREADS.computeIfAbsent(folder.toAbsolutePath(), path -> new ReentrantLock());
        threads.lock();
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel, listener)) {
            assert lock.isValid();
            Fetcher network = fetcher.get();
            for (NamedFile file : files) {
                if (Files.isRegularFile(path(file))) { // by hand, or by whom we waited for
                    check(file);
                } else {
                    String sum = network.fetch(wanted, file, folder, listener);
                    listener.onWhole(path(file), sum, file.sha256() != null);
                }
            }
        } catch (IOException e) {
            throw Faults.cannotWrite(folder, e, "or " + CacheFolder.OTHERWISE);
        } finally {
            threads.unlock();
        }
    }

    private FileLock lock(FileChannel channel, DownloadListener listener) throws IOException {
        FileLock free = channel.tryLock();
        if (free != null) {
            return free;
        }
        listener.onWarning("another process is fetching " + wanted.what() + ": waiting for it");
        return channel.lock();
    }

    /**
     * A file that is here, ready to be read. Its SHA-256 is computed once; later only its length and time of change are
     * looked at.
     *
     * @throws UserError if it is not what it should be
     */
    Path check(NamedFile file) {
        Path path = path(file);
        String sum;
        try {
            sum = Checksums.of(path);
        } catch (IOException e) {
            throw Faults.cannotRead(path, e);
        }
        String before = Checksums.remembered(path);
        if (file.sha256() != null && !sum.equals(file.sha256())) {
            throw new UserError(path + " has the SHA-256 " + sum + ", but " + file.sha256()
                    + " is published: remove it, then " + wanted.again() + " fetches it.");
        }
        if (file.sha256() == null && before != null && !sum.equals(before)) {
            throw new UserError(path + " has the SHA-256 " + sum + ", but had " + before
                    + " when it was first used: restore it, or, if you meant to replace it, remove "
                    + Checksums.memory(path).getFileName() + " beside it.");
        }
        Checksums.remember(path, sum);
        return path;
    }
}
