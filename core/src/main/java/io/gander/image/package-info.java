/** From the bytes of a picture file to pixels: decoding within limits, turning upright, resizing. Imports no other room but {@code error}. */
@NullMarked
package io.gander.image;

import org.jspecify.annotations.NullMarked;
