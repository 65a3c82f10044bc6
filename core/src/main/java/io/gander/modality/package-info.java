/** Kinds of data, one file each: how examples are stored, seen by networks, shown to people and written to files. */
@NullMarked
package io.gander.modality;

import org.jspecify.annotations.NullMarked;
