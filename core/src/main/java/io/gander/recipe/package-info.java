/** What to train, as an immutable tree read from YAML and validated when made. Holds no native code. */
@NullMarked
package io.gander.recipe;

import org.jspecify.annotations.NullMarked;
