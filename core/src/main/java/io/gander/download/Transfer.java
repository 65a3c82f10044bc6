package io.gander.download;

import io.gander.file.CacheFolder;
import io.gander.file.Disk;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One request for a file, or for the rest of it. */
final class Transfer {
    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+)");

    private final HttpClient client;
    private final Duration stall;

    /**
     * Transfers over one client.
     *
     * @param stall how long nothing may come
     */
    Transfer(HttpClient client, Duration stall) {
        this.client = client;
        this.stall = stall;
    }

    /**
     * Brings the part nearer to the whole, and returns when it is whole.
     *
     * @throws IOException if the disk does not take it
     */
    void run(URI address, NamedFile file, Part part, Meter meter) throws Trouble, IOException, InterruptedException {
        Part.Version begun = part.version();
        if (begun != null && !begun.address().equals(address)) {
            begun = null;
        }
        if (begun != null && part.size() == begun.total()) {
            return; // all came, and then something ended the program
        }
        HttpResponse<Incoming> response = ask(address, begun, part.size());
        Incoming body = response.body();
        try {
            int status = response.statusCode();
            if (status == 416) {
                part.discard(); // what is here is longer than the file: it is another
            }
            refuse(status, response.headers());
            Part.Version version;
            if (status == 206 && begun != null) {
                version = new Part.Version(address, begun.validator(), totalOf(response.headers(), part));
            } else {
                long length =
                        response.headers().firstValueAsLong("Content-Length").orElse(-1);
                version = new Part.Version(address, validator(response.headers()), length);
                begun = null; // this server, or this file, begins again
            }
            expect(file, version.total());
            Disk.require(
                    part.folder(),
                    Math.max(0, version.total() - (begun == null ? 0 : part.size())),
                    file.name(),
                    CacheFolder.OTHERWISE);
            try (FileChannel channel = begun == null ? part.begin(version) : part.goOn()) {
                copy(body, channel, version.total(), meter);
            }
            long whole = version.total() >= 0 || file.sha256() == null ? version.total() : file.bytes();
            if (whole > part.size()) {
                throw new Trouble(Trouble.Kind.PASSING, "it ended after " + part.size() + " of " + whole + " bytes");
            }
        } finally {
            body.cancel();
        }
    }

    private HttpResponse<Incoming> ask(URI address, Part.@Nullable Version begun, long from)
            throws Trouble, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Accept-Encoding", "identity") // the bytes of a .gz file as they are
                .header("User-Agent", "gander");
        if (begun != null) {
            request.header("Range", "bytes=" + from + "-").header("If-Range", begun.validator());
        }
        // Not the request's own timeout: in newer Javas that ends long transfers too.
        CompletableFuture<HttpResponse<Incoming>> coming = client.sendAsync(request.build(), facts -> new Incoming());
        try {
            return coming.get(stall.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw new Trouble(Trouble.Kind.PASSING, "no answer for " + stall.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw trouble(e.getCause() == null ? e : e.getCause());
        }
    }

    private static Trouble trouble(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return new Trouble(Trouble.Kind.UNREACHABLE, "its name is not known here");
            }
        }
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        boolean unreachable = e instanceof ConnectException
                || e instanceof NoRouteToHostException
                || e instanceof HttpConnectTimeoutException
                || e instanceof SSLException
                || reason.startsWith("Tunnel failed")
                || reason.startsWith("too many authentication attempts");
        if (e instanceof ConnectException && e.getMessage() == null) {
            reason = "connection refused";
        }
        return new Trouble(unreachable ? Trouble.Kind.UNREACHABLE : Trouble.Kind.PASSING, reason);
    }

    private static void refuse(int status, HttpHeaders headers) throws Trouble {
        if (status == 407) {
            throw new Trouble(Trouble.Kind.UNREACHABLE, "the proxy wants a user and a password");
        }
        if (status >= 500 || status == 429 || status == 408 || status == 416) {
            throw new Trouble(Trouble.Kind.PASSING, "the server answers " + status, retryAfter(headers));
        }
        if (status >= 300 && status < 400) {
            throw new Trouble(Trouble.Kind.REFUSED, "it redirects in a circle, or from https to http");
        }
        if (status != 200 && status != 206) {
            String word = status == 404 ? ", not found" : status == 403 ? ", forbidden" : "";
            throw new Trouble(Trouble.Kind.REFUSED, "the server answers " + status + word);
        }
        if (headers.firstValue("Content-Type").orElse("").startsWith("text/html")) {
            throw new Trouble(
                    Trouble.Kind.REFUSED, "a web page came in its place: perhaps this network wants you to log in");
        }
    }

    /** Retry-After, in seconds or as a date. */
    private static Duration retryAfter(HttpHeaders headers) {
        String value = headers.firstValue("Retry-After").orElse("").strip();
        if (value.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            ZonedDateTime then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(ZonedDateTime.now(then.getZone()), then);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    /** What tells one version from another. A weak ETag does not promise the same bytes. */
    private static String validator(HttpHeaders headers) {
        return headers.firstValue("ETag")
                .filter(tag -> tag.startsWith("\""))
                .or(() -> headers.firstValue("Last-Modified"))
                .orElse("");
    }

    /** The length of the whole file, from the answer that brings the rest of it. */
    private static long totalOf(HttpHeaders headers, Part part) throws Trouble, IOException {
        Matcher range = RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
        if (!range.matches() || Long.parseLong(range.group(1)) != part.size()) {
            part.discard();
            throw new Trouble(Trouble.Kind.PASSING, "the server sent another part than was asked for");
        }
        return Long.parseLong(range.group(2));
    }

    private static void expect(NamedFile file, long total) throws Trouble {
        if (file.sha256() != null && total >= 0 && total != file.bytes()) {
            throw new Trouble(
                    Trouble.Kind.REFUSED, "it has " + total + " bytes there, but should have " + file.bytes());
        }
    }

    private void copy(Incoming body, FileChannel channel, long total, Meter meter)
            throws Trouble, IOException, InterruptedException {
        while (true) {
            List<ByteBuffer> buffers;
            try {
                buffers = body.next(stall);
            } catch (IOException e) {
                throw trouble(e);
            }
            if (buffers == null) {
                return;
            }
            long bytes = 0;
            for (ByteBuffer buffer : buffers) {
                while (buffer.hasRemaining()) {
                    bytes += channel.write(buffer);
                }
            }
            meter.count(bytes, channel.size(), total);
        }
    }
}
