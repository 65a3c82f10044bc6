package io.gander.recipe;

/**
 * The options of a kind of data, such as pictures, validated when made. The records that implement it live in the room
 * {@code modality}, which knows what they mean; a recipe only carries them.
 */
public interface DataKind {}
