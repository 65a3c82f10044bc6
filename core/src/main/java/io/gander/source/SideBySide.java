package io.gander.source;

import static io.gander.image.BrokenPicture.Kind.NO_PARTNER;

import io.gander.image.Bitmap;
import io.gander.image.BrokenPicture;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Pairs that lie in one picture, left and right, as in Pix2Pix's sets (Isola et al., 2017). */
record SideBySide(Source source) implements Source {
    private record Halves(Item item) implements Item {
        @Override
        public String name() {
            return item.name();
        }

        @Override
        public @Nullable String label() {
            return item.label();
        }

        @Override
        public List<Bitmap> pictures(int least) throws BrokenPicture {
            Bitmap both = item.pictures(2 * least).get(0); // a half may be narrower than the whole is high
            if (both.width() <= both.height()) { // halves of 1:2 at most; most likely no pair at all
                throw new BrokenPicture(
                        NO_PARTNER,
                        "is not wider than high, so no pair side by side (data.pairs=by-name takes pairs in two folders)");
            }
            int half = both.width() / 2;
            return List.of(both.crop(0, 0, half, both.height()), both.crop(half, 0, half, both.height()));
        }

        @Override
        public long bytes() {
            return item.bytes();
        }
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public long count() {
        return source.count();
    }

    @Override
    public void identify(Consumer<String> parts) {
        parts.accept("side by side");
        source.identify(parts);
    }

    @Override
    public void forEach(Consumer<Item> consumer) {
        source.forEach(item -> consumer.accept(new Halves(item)));
    }
}
