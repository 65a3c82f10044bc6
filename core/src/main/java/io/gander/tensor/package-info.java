/**
 * The only room that knows how the engine (libtorch) is spelled, and its traps: devices, random draws, threads, memory format,
 * scopes, pixels.
 *
 * <p><b>The rule of ownership.</b> Every {@link io.gander.tensor.Tensor} belongs to the innermost open
 * {@link io.gander.tensor.Scope} of its thread and dies when that scope closes. Whoever wants to keep one calls
 * {@link io.gander.tensor.Tensor#keep()} and is then its owner: it lives until {@link io.gander.tensor.Tensor#close()}.
 * There are no finalisers and the garbage collector frees nothing native. One scope a round of training, one scope a
 * batch of generation; only plain numbers and arrays leave a scope.
 */
@NullMarked
package io.gander.tensor;

import org.jspecify.annotations.NullMarked;
