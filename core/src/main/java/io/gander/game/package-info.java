/** Who plays, and what a round is. A round reads as the algorithm in the paper. */
@NullMarked
package io.gander.game;

import org.jspecify.annotations.NullMarked;
