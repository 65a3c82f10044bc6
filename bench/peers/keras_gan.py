"""Keras as a peer: a GAN as a textbook writes it, with train_on_batch and predict, or as a compiled tf.function.

    python keras_gan.py mlp|dcgan written|compiled STEPS

mlp is the dense GAN, batch 128; dcgan the one of "Advanced Deep Learning with Keras", chapter 4, batch 64. Both on
28x28. Prints seconds a step, the peak of the resident set in MB, and the versions. The pictures are random and lie in memory.
"""

import os
import resource
import statistics
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras import layers

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


# networks, batch, the discriminator's and the generator's optimiser
WORKS = {
    "mlp": (mlp, 128, lambda: keras.optimizers.Adam(1e-3), lambda: keras.optimizers.Adam(1e-3)),
    "dcgan": (dcgan, 64, lambda: keras.optimizers.RMSprop(2e-4), lambda: keras.optimizers.RMSprop(1e-4)),
}


def written(work, pictures, steps):
    """Discriminator on real, then on made pictures; then the generator through a frozen discriminator."""
    networks, batch, of_d, of_g = WORKS[work]
    generator, discriminator = networks()
    discriminator.compile(optimizer=of_d(), loss="binary_crossentropy")
    discriminator.trainable = False
    z = keras.Input((100,))
    gan = keras.Model(z, discriminator(generator(z)))
    gan.compile(optimizer=of_g(), loss="binary_crossentropy")
    one, zero = np.ones((batch, 1), "float32"), np.zeros((batch, 1), "float32")
    for _ in range(steps):
        began = time.perf_counter()
        real = pictures[np.random.randint(0, len(pictures), batch)]
        fake = generator.predict(np.random.normal(size=(batch, 100)).astype("float32"), verbose=0)
        discriminator.train_on_batch(real, one)
        discriminator.train_on_batch(fake, zero)
        gan.train_on_batch(np.random.normal(size=(batch, 100)).astype("float32"), one)
        yield time.perf_counter() - began


def compiled(work, pictures, steps):
    networks, batch, of_d, of_g = WORKS[work]
    generator, discriminator = networks()
    of_g, of_d = of_g(), of_d()
    of_g.build(generator.trainable_variables)
    of_d.build(discriminator.trainable_variables)
    loss = keras.losses.BinaryCrossentropy()
    one, zero = tf.ones((batch, 1)), tf.zeros((batch, 1))

    @tf.function
    def step(real):
        z = tf.random.normal((batch, 100))
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
        float(j), float(j_g)
        yield time.perf_counter() - began


if __name__ == "__main__":
    pictures = np.random.rand(2048, 28, 28, 1).astype("float32")
    work, variant, steps = sys.argv[1], sys.argv[2], int(sys.argv[3])
    times = list((written if variant == "written" else compiled)(work, pictures, steps + WARM))[WARM:]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{statistics.median(times):.6f} {peak} keras {keras.__version__}, tensorflow {tf.__version__}")
