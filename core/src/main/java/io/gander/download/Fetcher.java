package io.gander.download;

import io.gander.error.UserError;
import io.gander.file.CacheFolder;
import io.gander.file.Faults;
import io.gander.file.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Fetches a file from the first of its homes that gives it, patiently. */
final class Fetcher {
    /** Attempts in a row of which none brought the file further. */
    private static final int ATTEMPTS = 6;

    /** Longer waits that a server asks for are left to the user. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration STALL = Duration.ofSeconds(60);

    private final Transfer transfer;
    private final Pause pause;

    /** How to wait. */
    interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    Fetcher(Transfer transfer, Pause pause) {
        this.transfer = transfer;
        this.pause = pause;
    }

    /** Over the network as this machine has it. */
    static Fetcher real() {
        Proxies proxies = new Proxies(System.getProperties(), System.getenv());
        String disabled = "jdk.http.auth.tunneling.disabledSchemes";
        if (proxies.withPassword() && System.getProperty(disabled) == null) {
            // Java sends no password to a proxy that tunnels https, unless told to: the user did, by giving one.
            System.setProperty(disabled, "");
        }
        return over(proxies, CONNECT, STALL, time -> Thread.sleep(time.toMillis()));
    }

    static Fetcher over(Proxies proxies, Duration connect, Duration stall, Pause pause) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL) // also to https, never from it
                .connectTimeout(connect)
                .proxy(proxies);
        if (proxies.withPassword()) {
            client.authenticator(proxies.authenticator());
        }
        return new Fetcher(new Transfer(client.build(), stall), pause);
    }

    /**
     * Fetches a file into a folder under its own name.
     *
     * @return its SHA-256
     * @throws UserError if no home gives it, if it is not what it should be, or if the disk does not take it
     */
    String fetch(Wanted wanted, NamedFile file, Path folder, DownloadListener listener) {
        Path target = folder.resolve(file.name());
        Part part = new Part(target);
        List<UserError> failures = new ArrayList<>();
        for (URI home : file.homes()) {
            try {
                insist(home, file, part, listener);
                return finish(home, file, part, target);
            } catch (Trouble e) {
                failures.add(failure(wanted, file, folder, home, e));
                if (failures.size() < file.homes().size()) {
                    listener.onWarning(home.getHost() + ": " + e.reason() + "; asking "
                            + file.homes().get(failures.size()));
                }
            } catch (IOException e) {
                throw Faults.cannotWrite(part.path(), e, "or " + CacheFolder.OTHERWISE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UserError("stopped while fetching " + wanted.what() + "; " + wanted.again() + " goes on.", e);
            }
        }
        throw failures.get(0);
    }

    /** Attempts until the part is whole, or until there is no hope. */
    private void insist(URI home, NamedFile file, Part part, DownloadListener listener)
            throws Trouble, IOException, InterruptedException {
        Meter meter = new Meter(file.name(), listener);
        long most = 0;
        int failures = 0;
        while (true) {
            try {
                transfer.run(home, file, part, meter);
                return;
            } catch (Trouble e) {
                boolean cameFurther = part.size() > most;
                most = Math.max(most, part.size());
                failures = cameFurther ? 1 : failures + 1;
                // Without a single byte there is no network; later on it is a network that fails for a while.
                boolean passing =
                        e.kind() == Trouble.Kind.PASSING || (e.kind() == Trouble.Kind.UNREACHABLE && meter.moved());
                if (!passing || failures >= ATTEMPTS || e.pause().compareTo(LONGEST_PAUSE) > 0) {
                    throw e;
                }
                Duration growing = Duration.ofSeconds(1L << (failures - 1));
                Duration time = growing.compareTo(e.pause()) > 0 ? growing : e.pause();
                listener.onWarning(file.name() + ": " + e.reason() + "; again in " + time.toSeconds() + " s");
                pause.pause(time);
            }
        }
    }

    private static String finish(URI home, NamedFile file, Part part, Path target) throws IOException {
        String sum = Sha256.of(part.path());
        if (file.sha256() != null && !sum.equals(file.sha256())) {
            part.discard();
            throw new UserError(file.name() + " from " + home.getHost() + " has the SHA-256 " + sum
                    + ", but " + file.sha256()
                    + " is published: nothing was kept; try again, and if it stays so, get the file elsewhere.");
        }
        part.finish();
        Checksums.remember(target, sum);
        return sum;
    }

    private static UserError failure(Wanted wanted, NamedFile file, Path folder, URI home, Trouble e) {
        String byHand =
                "fetch " + home + " by other means and put it into " + folder + " as " + file.name() + file.sum();
        return switch (e.kind()) {
            case UNREACHABLE ->
                new UserError("cannot reach " + home.getHost() + " to fetch " + wanted.what() + " (" + e.reason()
                        + "): " + byHand + ", or set https_proxy if there is a proxy.");
            case REFUSED ->
                new UserError("cannot fetch " + file.name() + " of " + wanted.what() + " from " + home + " ("
                        + e.reason() + "): " + byHand + ".");
            case PASSING ->
                new UserError("could not fetch all of " + file.name() + " of " + wanted.what() + " from "
                        + home.getHost() + " (" + e.reason() + "): " + wanted.again() + " goes on from here later; or "
                        + byHand + ".");
        };
    }
}
