/** What is known of good samples, as numbers: logged while a game is played, and by {@code gander evaluate}. One file each. */
@NullMarked
package io.gander.metric;

import org.jspecify.annotations.NullMarked;
