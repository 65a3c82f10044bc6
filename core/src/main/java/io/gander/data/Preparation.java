package io.gander.data;

import io.gander.image.Bitmap;
import io.gander.image.BrokenPicture;
import io.gander.image.Resize;
import io.gander.recipe.DataRecipe;
import io.gander.source.Item;
import java.util.List;

/**
 * What is done to a picture once, before it is cached: its centre square, grey or colour, one size.
 *
 * @param pictures of an example: 1, or 2 for pairs
 * @param channels 1 (grey) or 3 (RGB)
 * @param side height and width, pixels
 */
record Preparation(int pictures, int channels, int side, Resize resize) {
    /** A picture may be enlarged this many times; beyond, there is nothing to see in it. */
    private static final int LARGEST_GAIN = 4;

    static Preparation of(DataRecipe recipe) {
        boolean pairs = recipe.pairs() == DataRecipe.Pairs.SIDE_BY_SIDE || recipe.pairs() == DataRecipe.Pairs.BY_NAME;
        Resize resize =
                switch (recipe.resize()) {
                    case BOX -> Resize.BOX;
                    case LANCZOS -> Resize.LANCZOS;
                };
        return new Preparation(pairs ? 2 : 1, recipe.channels(), recipe.loadSize(), resize);
    }

    /** Bytes of one example. */
    int bytes() {
        return pictures * channels * side * side;
    }

    /** Decodes and prepares an example: pictures·channels·side·side bytes, channel by channel. */
    byte[] apply(Item item) throws BrokenPicture {
        List<Bitmap> bitmaps = item.pictures(side);
        check(bitmaps);
        return apply(bitmaps);
    }

    /** Refuses an example with too few pictures or pixels. */
    void check(List<Bitmap> bitmaps) throws BrokenPicture {
        if (bitmaps.size() != pictures) {
            throw new BrokenPicture(
                    BrokenPicture.Kind.NO_PARTNER,
                    pictures == 2
                            ? "has no partner: its line names one picture"
                            : "is a pair; set data.pairs=by-name for pairs");
        }
        for (Bitmap picture : bitmaps) {
            if (LARGEST_GAIN * Math.min(picture.width(), picture.height()) < side) {
                throw new BrokenPicture(
                        BrokenPicture.Kind.TOO_SMALL,
                        "has " + picture.width() + "×" + picture.height() + " pixels, too few for " + side + "×"
                                + side);
            }
        }
    }

    /** Prepares the pictures of an example. */
    byte[] apply(List<Bitmap> bitmaps) {
        byte[] planes = new byte[bytes()];
        for (int i = 0; i < pictures; i++) {
            square(bitmaps.get(i)).planes(planes, i * bytes() / pictures);
        }
        return planes;
    }

    private Bitmap square(Bitmap picture) {
        int crop = Math.min(picture.width(), picture.height());
        Bitmap centre = picture.width() == picture.height()
                ? picture
                : picture.crop((picture.width() - crop) / 2, (picture.height() - crop) / 2, crop, crop);
        return resize.apply(centre.withChannels(channels), side, side);
    }
}
