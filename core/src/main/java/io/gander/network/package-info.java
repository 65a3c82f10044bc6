/** Networks as values, and models: networks with weights on the engine, for training and for inference. */
@NullMarked
package io.gander.network;

import org.jspecify.annotations.NullMarked;
