/** Where real examples come from: data sets of 8-bit pictures, and the loader that turns them into seeded batches. */
@NullMarked
package io.gander.data;

import org.jspecify.annotations.NullMarked;
