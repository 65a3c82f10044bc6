package io.gander.download;

/**
 * What files are for, in messages.
 *
 * @param what such as "kmnist"
 * @param again what to do to have them fetched, such as "'gander data get kmnist'"
 */
record Wanted(String what, String again) {}
