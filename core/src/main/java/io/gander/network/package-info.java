/** Networks as values: layers, what can be read off them (shapes, parameters, FLOPs), the architectures, and models: networks with weights on the engine. */
@NullMarked
package io.gander.network;

import org.jspecify.annotations.NullMarked;
