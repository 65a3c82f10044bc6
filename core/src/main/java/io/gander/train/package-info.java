/** The loop that knows no variant of GAN: budgets, checkpoints, samples, guards, events. */
@NullMarked
package io.gander.train;

import org.jspecify.annotations.NullMarked;
