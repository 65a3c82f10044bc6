package io.gander.metric;

import io.gander.error.UserError;
import io.gander.image.Bitmap;

/**
 * Two pictures' numbers, 0…255, that are compared one by one.
 *
 * @param picture for each channel width·height values, row by row
 * @param truth the same of the picture that it should be
 */
record Pair(double[][] picture, double[][] truth, int width, int height) {
    /**
     * What of two pictures of one size is compared. If only one of them is grey, it counts as grey in three channels.
     */
    static Pair of(Bitmap picture, Bitmap truth, Channels channels) {
        int colours = Math.max(picture.channels(), truth.channels());
        return new Pair(
                channels.planes(picture.withChannels(colours)),
                channels.planes(truth.withChannels(colours)),
                truth.width(),
                truth.height());
    }

    /**
     * A picture without its border.
     *
     * @param crop pixels that are left out on every side
     * @throws UserError if the other is of another size, or nothing is left
     */
    static Bitmap inner(Bitmap picture, Bitmap other, int crop) {
        if (picture.width() != other.width() || picture.height() != other.height()) {
            throw new UserError("a picture of " + size(picture) + " cannot be compared with one of " + size(other)
                    + ": compare pictures of one size.");
        }
        int width = picture.width() - 2 * crop;
        int height = picture.height() - 2 * crop;
        if (width <= 0 || height <= 0) {
            throw new UserError("nothing is left of a picture of " + size(picture) + " without " + crop
                    + " pixels on every side: crop less.");
        }
        return crop == 0 ? picture : picture.crop(crop, crop, width, height);
    }

    private static String size(Bitmap picture) {
        return picture.width() + "×" + picture.height() + " pixels";
    }
}
