"""Keras as a peer: a GAN as a textbook writes it, with train_on_batch and predict, or as a compiled tf.function.

    python keras_gan.py mlp|dcgan written|compiled STEPS DATA

mlp is the dense GAN, batch 128; dcgan the one of "Advanced Deep Learning with Keras", chapter 4, batch 64. Both on
28x28. DATA is a .npy of pictures, N x 28 x 28 x 1; they lie in memory. Prints seconds a step, the losses in the first steps, the peak of the
resident set in MB, and the versions.
"""

import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras import layers

import report

WARM = 5


def mlp():
    generator = keras.Sequential([
        keras.Input((100,)),
        layers.Dense(128, activation="relu"), layers.BatchNormalization(),
        layers.Dense(256, activation="relu"), layers.BatchNormalization(),
        layers.Dense(784, activation="sigmoid"), layers.Reshape((28, 28, 1)),
    ])
    discriminator = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Flatten(),
        layers.Dense(256, activation="relu"), layers.Dense(128, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    ])
    return generator, discriminator


def dcgan():
    generator = [keras.Input((100,)), layers.Dense(7 * 7 * 128), layers.Reshape((7, 7, 128))]
    for filters, stride in ((128, 2), (64, 2), (32, 1), (1, 1)):
        generator += [layers.BatchNormalization(), layers.ReLU()]
        generator += [layers.Conv2DTranspose(filters, 5, stride, "same")]
    discriminator = [keras.Input((28, 28, 1))]
    for filters, stride in ((32, 2), (64, 2), (128, 2), (256, 1)):
        discriminator += [layers.LeakyReLU(negative_slope=0.2), layers.Conv2D(filters, 5, stride, "same")]
    discriminator += [layers.Flatten(), layers.Dense(1, activation="sigmoid")]
    return keras.Sequential(generator + [layers.Activation("sigmoid")]), keras.Sequential(discriminator)


# networks, batch, latents, the discriminator's and the generator's optimiser
WORKS = {
    "mlp": (mlp, 128, tf.random.normal, lambda: keras.optimizers.Adam(1e-3), lambda: keras.optimizers.Adam(1e-3)),
    "dcgan": (dcgan, 64, lambda shape: tf.random.uniform(shape, -1, 1),
              lambda: keras.optimizers.RMSprop(2e-4), lambda: keras.optimizers.RMSprop(1e-4)),
}


def written(work, pictures, steps):
    """Discriminator on real, then on made pictures; then the generator through a frozen discriminator.

    Textbooks freeze the discriminator once, after it is compiled. Keras 3 looks at that when it trains, not when it compiles, so the
    discriminator would never move; it is set free and frozen again in every step.
    """
    networks, batch, latent, of_d, of_g = WORKS[work]
    generator, discriminator = networks()
    discriminator.compile(optimizer=of_d(), loss="binary_crossentropy")
    z = keras.Input((100,))
    gan = keras.Model(z, discriminator(generator(z)))
    gan.compile(optimizer=of_g(), loss="binary_crossentropy")
    one, zero = np.ones((batch, 1), "float32"), np.zeros((batch, 1), "float32")
    for _ in range(steps):
        began = time.perf_counter()
        real = pictures[np.random.randint(0, len(pictures), batch)]
        fake = generator.predict(latent((batch, 100)).numpy(), verbose=0)
        discriminator.trainable = True
        j = discriminator.train_on_batch(real, one) + discriminator.train_on_batch(fake, zero)
        discriminator.trainable = False
        j_g = gan.train_on_batch(latent((batch, 100)).numpy(), one)
        yield time.perf_counter() - began, (float(j), float(j_g))


def compiled(work, pictures, steps):
    networks, batch, latent, of_d, of_g = WORKS[work]
    generator, discriminator = networks()
    of_g, of_d = of_g(), of_d()
    of_g.build(generator.trainable_variables)
    of_d.build(discriminator.trainable_variables)
    loss = keras.losses.BinaryCrossentropy()
    one, zero = tf.ones((batch, 1)), tf.zeros((batch, 1))

    @tf.function
    def step(real):
        z = latent((batch, 100))
        with tf.GradientTape() as tape:
            fake = generator(z, training=True)
            j = loss(one, discriminator(real, training=True)) + loss(zero, discriminator(fake, training=True))
        of_d.apply(tape.gradient(j, discriminator.trainable_variables), discriminator.trainable_variables)
        with tf.GradientTape() as tape:
            j_g = loss(one, discriminator(generator(z, training=True), training=True))
        of_g.apply(tape.gradient(j_g, generator.trainable_variables), generator.trainable_variables)
        return j, j_g

    for _ in range(steps):
        began = time.perf_counter()
        j, j_g = step(tf.constant(pictures[np.random.randint(0, len(pictures), batch)]))
        losses = float(j), float(j_g)
        yield time.perf_counter() - began, losses


if __name__ == "__main__":
    pictures = np.load(sys.argv[4]).astype("float32") / 255
    work, variant, steps = sys.argv[1], sys.argv[2], int(sys.argv[3])
    times, losses = zip(*(written if variant == "written" else compiled)(work, pictures, steps + WARM))
    report.show(times[WARM:], losses, f"keras {keras.__version__}, tensorflow {tf.__version__}")
