/** Measures what pictures are worth: how near they are to the pictures that they should be. */
@NullMarked
package io.gander.evaluate;

import org.jspecify.annotations.NullMarked;
