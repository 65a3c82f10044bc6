/** The zoo: one file for each architecture, and the catalogue by which recipes name them. */
@NullMarked
package io.gander.architecture;

import org.jspecify.annotations.NullMarked;
