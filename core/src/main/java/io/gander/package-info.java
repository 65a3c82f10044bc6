/** Gander: generative adversarial networks on the JVM. {@link io.gander.Gander} is the way in. */
@NullMarked
package io.gander;

import org.jspecify.annotations.NullMarked;
