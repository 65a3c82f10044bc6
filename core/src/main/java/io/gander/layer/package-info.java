/** Layers as values: what each says once about shapes, weights, FLOPs, the engine and ONNX. */
@NullMarked
package io.gander.layer;

import org.jspecify.annotations.NullMarked;
