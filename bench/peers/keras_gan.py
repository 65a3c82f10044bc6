"""Keras as a peer: the dense GAN as a textbook writes it, with train_on_batch and predict, or as a compiled tf.function.

    python keras_gan.py written|compiled STEPS

Prints seconds a step, the peak of the resident set in MB, and the versions. The pictures are random and lie in memory.
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

BATCH = 128
WARM = 5


def networks():
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


def written(pictures, steps):
    """Discriminator on real, then on made pictures; then the generator through a frozen discriminator."""
    generator, discriminator = networks()
    discriminator.compile(optimizer=keras.optimizers.Adam(1e-3), loss="binary_crossentropy")
    discriminator.trainable = False
    z = keras.Input((100,))
    gan = keras.Model(z, discriminator(generator(z)))
    gan.compile(optimizer=keras.optimizers.Adam(1e-3), loss="binary_crossentropy")
    one, zero = np.ones((BATCH, 1), "float32"), np.zeros((BATCH, 1), "float32")
    for _ in range(steps):
        began = time.perf_counter()
        real = pictures[np.random.randint(0, len(pictures), BATCH)]
        fake = generator.predict(np.random.normal(size=(BATCH, 100)).astype("float32"), verbose=0)
        discriminator.train_on_batch(real, one)
        discriminator.train_on_batch(fake, zero)
        gan.train_on_batch(np.random.normal(size=(BATCH, 100)).astype("float32"), one)
        yield time.perf_counter() - began


def compiled(pictures, steps):
    generator, discriminator = networks()
    of_g, of_d = keras.optimizers.Adam(1e-3), keras.optimizers.Adam(1e-3)
    of_g.build(generator.trainable_variables)
    of_d.build(discriminator.trainable_variables)
    loss = keras.losses.BinaryCrossentropy()
    one, zero = tf.ones((BATCH, 1)), tf.zeros((BATCH, 1))

    @tf.function
    def step(real):
        z = tf.random.normal((BATCH, 100))
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
        j, j_g = step(tf.constant(pictures[np.random.randint(0, len(pictures), BATCH)]))
        float(j), float(j_g)
        yield time.perf_counter() - began


if __name__ == "__main__":
    pictures = np.random.rand(2048, 28, 28, 1).astype("float32")
    steps = int(sys.argv[2])
    times = list((written if sys.argv[1] == "written" else compiled)(pictures, steps + WARM))[WARM:]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{statistics.median(times):.6f} {peak} keras {keras.__version__}, tensorflow {tf.__version__}")
