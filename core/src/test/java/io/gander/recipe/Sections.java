package io.gander.recipe;

/** Sections for the tests of those who read them. */
public final class Sections {
    private Sections() {}

    /** A section as it stands in a file "mine.yaml". */
    public static Section of(String path, String yaml) {
        return new Section(path, Setting.parse(yaml, "mine.yaml"));
    }
}
