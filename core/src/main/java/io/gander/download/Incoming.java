package io.gander.download;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A body as it comes, for a reader who gives up when nothing comes. The standard streams wait for ever. */
final class Incoming implements BodySubscriber<Incoming> {
    /**
     * A piece, or the end.
     *
     * @param buffers null at the end
     * @param error why it is the end; null if the body is whole
     */
    private record Piece(
            @Nullable List<ByteBuffer> buffers, @Nullable Throwable error) {}

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>(); // at most two: one is asked for at a time
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    @Override
    public CompletionStage<Incoming> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription.complete(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.add(new Piece(buffers, null));
    }

    @Override
    public void onError(Throwable error) {
        pieces.add(new Piece(null, error));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece(null, null));
    }

    /** The next piece, or null at the end. */
    @Nullable
    List<ByteBuffer> next(Duration patience) throws IOException, InterruptedException {
        subscription.join().request(1);
        Piece piece = pieces.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (piece == null) {
            throw new HttpTimeoutException("nothing came for " + patience.toSeconds() + " s");
        }
        if (piece.error != null) {
            throw new IOException(piece.error.getMessage(), piece.error);
        }
        return piece.buffers;
    }

    /** Ends the connection, if the body did not end by itself. */
    void cancel() {
        subscription.join().cancel();
    }
}
