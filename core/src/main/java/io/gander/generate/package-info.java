/** From seeds to pictures: grids, files, walks between latents, from any run directory. */
@NullMarked
package io.gander.generate;

import org.jspecify.annotations.NullMarked;
