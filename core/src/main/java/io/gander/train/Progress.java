package io.gander.train;

import java.util.Map;

/**
 * Where a training stands.
 *
 * @param step rounds played
 * @param steps rounds to play
 * @param seconds of training so far, earlier sessions included
 * @param examplesPerSecond real examples a second, over the last few seconds
 * @param secondsLeft estimated; NaN if nothing can be said yet
 * @param metrics the newest measured ones by name: loss_discriminator, loss_generator, d_real, d_fake, grad_…
 */
public record Progress(
        long step,
        long steps,
        double seconds,
        double examplesPerSecond,
        double secondsLeft,
        Map<String, Double> metrics) {}
