/** Brings the data sets and the weights that are known by name from their homes into the user's cache folder, whole and checked. */
@NullMarked
package io.gander.download;

import org.jspecify.annotations.NullMarked;
