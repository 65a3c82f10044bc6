/** A trained network as a file that others read: safetensors, ONNX. */
@NullMarked
package io.gander.export;

import org.jspecify.annotations.NullMarked;
