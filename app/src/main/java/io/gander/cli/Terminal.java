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

    /**
     * A text in which names stand that others chose: without the characters that move the cursor, change colours, end the
     * line or turn the direction of writing.
     */
    static String plain(String text) {
        return text.replaceAll("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]", "\uFFFD");
    }
}
