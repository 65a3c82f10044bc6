package io.gander.evaluate;

import io.gander.image.Bitmap;

/**
 * A picture to be translated, and what shall come out.
 *
 * @param name such as the file's
 */
public record Trial(String name, Bitmap input, Bitmap truth) {}
