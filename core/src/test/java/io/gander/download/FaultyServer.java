package io.gander.download;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server, or a proxy, that does what a test tells it: the first script answers the first request; the last repeats. */
public final class FaultyServer implements AutoCloseable {
    private final ServerSocket socket;
    private final List<Script> scripts;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /**
     * What was asked.
     *
     * @param headers by their names in small letters
     */
    public record Request(String line, Map<String, String> headers) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** One answer. */
    public interface Script {
        void answer(Request request, OutputStream out) throws IOException;
    }

    public FaultyServer(Script... scripts) throws IOException {
        this.scripts = List.of(scripts);
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::serve);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "faulty-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        try {
            while (true) {
                Socket connection = socket.accept();
                daemon(() -> talk(connection));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void talk(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = in.readLine();
            if (line == null) {
                return; // the client left before it asked
            }
            Map<String, String> headers = new TreeMap<>();
            for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                String[] words = header.split(": *", 2);
                headers.put(words[0].toLowerCase(Locale.ROOT), words[1]);
            }
            Request request = new Request(line, headers);
            int index;
            synchronized (requests) {
                index = Math.min(requests.size(), scripts.size() - 1);
                requests.add(request);
            }
            scripts.get(index).answer(request, connection.getOutputStream());
        } catch (IOException e) {
            return; // the client left
        }
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + "/" + path);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public List<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A head and nothing else, such as "404 Not Found". */
    public static Script status(String status, String... headers) {
        return (request, out) -> head(out, status, 0, headers);
    }

    private static void head(OutputStream out, String status, long length, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + "\r\nConnection: close\r\n");
        if (length >= 0) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** All of it, whatever range was asked for. */
    public static Script whole(byte[] body, String... headers) {
        return cut(body, body.length, headers);
    }

    /** All of it, without its length. */
    public static Script withoutLength(byte[] body, int bytes) {
        return (request, out) -> {
            head(out, "200 OK", -1);
            out.write(body, 0, bytes);
        };
    }

    /** Promises all of it, and ends after so many bytes. */
    public static Script cut(byte[] body, int bytes, String... headers) {
        return (request, out) -> {
            head(out, "200 OK", body.length, headers);
            out.write(body, 0, bytes);
            out.flush();
        };
    }

    /** What a good server does: the range that was asked for, if the file is still the same; at most so many bytes. */
    public static Script ranged(byte[] body, String etag, int most) {
        return (request, out) -> {
            int from = 0;
            String range = request.header("range");
            boolean same = request.header("if-range").isEmpty()
                    || request.header("if-range").equals(etag);
            if (!range.isEmpty() && same) {
                from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
                head(
                        out,
                        "206 Partial Content",
                        body.length - from,
                        "ETag: " + etag,
                        "Content-Range: bytes " + from + "-" + (body.length - 1) + "/" + body.length);
            } else {
                head(out, "200 OK", body.length, "ETag: " + etag);
            }
            out.write(body, from, Math.min(most, body.length - from));
            out.flush();
        };
    }

    /** Promises all, sends so many bytes (nothing at all for −1), then says nothing more until the end. */
    public static Script stalled(CountDownLatch end, byte[] body, int bytes, String... headers) {
        return (request, out) -> {
            if (bytes >= 0) {
                head(out, "200 OK", body.length, headers);
                out.write(body, 0, bytes);
                out.flush();
            }
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
