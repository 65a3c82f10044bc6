/** What the players want: losses over the scores that a discriminator gives. One small class each. */
@NullMarked
package io.gander.objective;

import org.jspecify.annotations.NullMarked;
