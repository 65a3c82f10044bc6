package io.gander.cli;

/**
 * What we write to.
 *
 * @param interactive whether a person looks at it as it comes; the launcher tells, since Java 17 cannot
 * @param columns characters a line
 */
record Terminal(boolean interactive, int columns) {
    static Terminal detect() {
        return new Terminal(Boolean.getBoolean("gander.terminal"), Integer.getInteger("gander.columns", 100));
    }
}
