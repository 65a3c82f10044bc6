package io.gander.modality;

import io.gander.error.BrokenExample;
import io.gander.image.Bitmap;
import io.gander.image.Resize;
import java.util.List;

/**
 * What is done to a picture once, before it is cached: its centre square, grey or colour, one size; or squares cut from it at
 * its own scale, each an example.
 *
 * @param pictures of an example: 1, or 2 for pairs
 * @param channels 1 (grey) or 3 (RGB)
 * @param side height and width, pixels
 * @param tiles squares cut from each picture; 0 for the whole, resized
 */
record Preparation(int pictures, int channels, int side, Resize resize, int tiles) {
    /** A picture may be enlarged this many times; beyond, there is nothing to see in it. */
    private static final int LARGEST_GAIN = 4;

    /** How many examples are made of one. */
    int parts() {
        return Math.max(1, tiles);
    }

    /** Bytes of one example. */
    int bytes() {
        return pictures * channels * side * side;
    }

    /** Refuses an example with too few pictures or pixels. */
    void check(List<Bitmap> bitmaps) throws BrokenExample {
        if (bitmaps.size() != pictures) {
            throw new BrokenExample(
                    BrokenExample.Kind.NO_PARTNER,
                    pictures == 2
                            ? "has no partner: its line names one picture"
                            : "is a pair; set data.pairs=by-name for pairs");
        }
        for (Bitmap picture : bitmaps) {
            int gain = tiles > 0 ? 1 : LARGEST_GAIN;
            if (gain * Math.min(picture.width(), picture.height()) < side) {
                throw new BrokenExample(
                        BrokenExample.Kind.TOO_SMALL,
                        "has " + picture.width() + "×" + picture.height() + " pixels, too few for " + side + "×"
                                + side);
            }
        }
        Bitmap first = bitmaps.get(0);
        Bitmap last = bitmaps.get(pictures - 1);
        if (tiles > 0 && (first.width() != last.width() || first.height() != last.height())) {
            throw new BrokenExample(
                    BrokenExample.Kind.NO_PARTNER,
                    "is a pair of " + first.width() + "×" + first.height() + " and " + last.width() + "×"
                            + last.height()
                            + " pixels, of which data.tiles would cut squares that do not belong together");
        }
    }

    /** Prepares the pictures of an example: parts·pictures·channels·side·side bytes, channel by channel. */
    byte[] apply(List<Bitmap> bitmaps) {
        byte[] planes = new byte[parts() * bytes()];
        int plane = bytes() / pictures;
        for (int i = 0; i < pictures; i++) {
            Bitmap picture = bitmaps.get(i);
            for (int tile = 0; tile < parts(); tile++) {
                square(picture, tile).planes(planes, (tile * pictures + i) * plane);
            }
        }
        return planes;
    }

    /** A square of a picture. */
    Bitmap square(Bitmap picture, int tile) {
        return tiles > 0 ? tile(picture, tile) : resized(picture);
    }

    /** Of squares that lie in rows, evenly spread, as many across as suit the picture. */
    private Bitmap tile(Bitmap picture, int index) {
        double ratio = (double) picture.width() / picture.height();
        int across = 1;
        for (int n = 1; n <= tiles; n++) {
            if (tiles % n == 0 && misfit(n, ratio) < misfit(across, ratio)) {
                across = n;
            }
        }
        int x = place(index % across, across, picture.width());
        int y = place(index / across, tiles / across, picture.height());
        return picture.crop(x, y, side, side).withChannels(channels);
    }

    private double misfit(int across, double ratio) {
        return Math.abs(Math.log((double) across * across / tiles / ratio));
    }

    private int place(int index, int count, int length) {
        return count == 1 ? (length - side) / 2 : index * (length - side) / (count - 1);
    }

    private Bitmap resized(Bitmap picture) {
        int crop = Math.min(picture.width(), picture.height());
        Bitmap centre = picture.width() == picture.height()
                ? picture
                : picture.crop((picture.width() - crop) / 2, (picture.height() - crop) / 2, crop, crop);
        return resize.apply(centre.withChannels(channels), side, side);
    }
}
