package io.gander.source;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.gander.error.BrokenExample;
import io.gander.image.Bitmap;
import io.gander.modality.Image;
import io.gander.modality.ImageCodec;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** What the tests of sources share. */
final class Items {
    /** What is looked for where pictures are wanted. */
    static final Wanted WANTED = Image.pictures();

    private Items() {}

    static List<Item> of(Source source) {
        List<Item> items = new ArrayList<>();
        source.forEach(items::add);
        return items;
    }

    /** Names, sizes, times: all that a source says of itself, in one line. */
    static List<String> identity(Source source) {
        List<String> parts = new ArrayList<>();
        source.identify(parts::add);
        return parts;
    }

    /** An item's parts as pictures. */
    static List<Bitmap> pictures(Item item) throws BrokenExample {
        List<Bitmap> pictures = new ArrayList<>();
        for (Content content : item.contents()) {
            pictures.add(ImageCodec.decode(content, 0));
        }
        return pictures;
    }

    /** The only picture of an item. */
    static Bitmap picture(Item item) throws BrokenExample {
        return pictures(item).get(0);
    }

    /** Skips a test where the locale cannot spell a name. */
    static void assumeThatFilesCanBeNamed(String name) {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        assumeThat(Charset.forName(encoding).newEncoder().canEncode(name))
                .as(encoding)
                .isTrue();
    }

    /** The values from 0 to 255 again and again. */
    static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
