/**
 * Between the bytes of a picture file and pixels: decoding within limits, turning upright, resizing, encoding. Imports {@code file}
 * and {@code error} only.
 */
@NullMarked
package io.gander.image;

import org.jspecify.annotations.NullMarked;
