package io.gander.metric;

import io.gander.image.Bitmap;

/** What of a picture is compared. */
public enum Channels {
    /** All channels as they are. */
    RGB {
        @Override
        double[][] planes(Bitmap picture) {
            int channels = picture.channels();
            double[][] planes = new double[channels][picture.width() * picture.height()];
            for (int channel = 0; channel < channels; channel++) {
                double[] plane = planes[channel];
                for (int i = 0; i < plane.length; i++) {
                    plane[i] = picture.pixels()[i * channels + channel] & 255;
                }
            }
            return planes;
        }
    },
    /**
     * Luma by ITU-R BT.601, from 16 to 235, unrounded: Y = 16 + (65.481 R + 128.553 G + 24.966 B) / 255, as Matlab's
     * rgb2ycbcr has it, and with it the papers on super-resolution.
     */
    Y {
        @Override
        double[][] planes(Bitmap picture) {
            byte[] pixels = picture.withChannels(3).pixels();
            double[] luma = new double[pixels.length / 3];
            for (int i = 0; i < luma.length; i++) {
                int red = pixels[3 * i] & 255;
                int green = pixels[3 * i + 1] & 255;
                int blue = pixels[3 * i + 2] & 255;
                luma[i] = 16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255;
            }
            return new double[][] {luma};
        }
    };

    /** The numbers to compare, 0…255, row by row, one array for each channel. */
    abstract double[][] planes(Bitmap picture);
}
