package io.gander.recipe;

import io.gander.error.UserError;

/**
 * The recipe's section {@code data}.
 *
 * @param name the user's own files, or a set known by name
 * @param path the folder, archive, array or list of {@link DataName#FILES}; empty otherwise
 * @param second where the other examples lie, for {@link Pairs#BY_NAME} a folder; empty otherwise
 * @param pairs whether examples stand for themselves or are pairs, and how these lie
 * @param direction of a pair: which is the input, which the target
 * @param maxBroken how many per cent of the examples may be unusable before training refuses to start
 * @param heldOut how many per cent of the examples are kept from training, for evaluation
 * @param kindName what an example is, as recipes name it, such as "image"
 * @param kind what an example is, with the keys of that kind
 */
public record DataRecipe(
        DataName name,
        String path,
        String second,
        Pairs pairs,
        Direction direction,
        double maxBroken,
        double heldOut,
        String kindName,
        DataKind kind) {
    /** How examples belong together. */
    public enum Pairs {
        /** Each stands for itself. */
        NONE,
        /** One file holds both, left and right, as the Pix2Pix sets do. */
        SIDE_BY_SIDE,
        /** Two folders hold files of equal names, or a list names two files a line. */
        BY_NAME,
        /** Two folders or archives hold examples that do not belong together one by one. */
        UNPAIRED;

        /** Whether an example is a pair. */
        public boolean together() {
            return this == SIDE_BY_SIDE || this == BY_NAME;
        }
    }

    /** Which part of a pair is made of which. */
    public enum Direction {
        A_TO_B,
        B_TO_A
    }

    static DataRecipe read(Section section, Catalogue catalogue) {
        DataName name = section.choice("name", DataName.class, DataName.FILES);
        String path = section.text("path", "");
        String second = section.text("second", "");
        String kind = section.text("kind", name.kind());
        Pairs pairs = section.choice("pairs", Pairs.class, name.pairs());
        DataKind options = catalogue.data(kind, name, pairs, section);
        DataRecipe recipe = new DataRecipe(
                name,
                path,
                second,
                pairs,
                pairs.together() ? section.choice("direction", Direction.class, Direction.A_TO_B) : Direction.A_TO_B,
                section.real("max-broken", 5.0, 0, 100),
                section.real("held-out", 0.0, 0, 90),
                kind,
                options);
        section.finish();
        recipe.check(section);
        return recipe;
    }

    private void check(Section section) {
        if (name != DataName.FILES && !kindName.equals(name.kind())) {
            throw new UserError(section.where("kind") + ": " + name.key() + " holds data of the kind '" + name.kind()
                    + "'; leave it out.");
        }
        if (name.own()) {
            boolean two = pairs == Pairs.BY_NAME || pairs == Pairs.UNPAIRED;
            if (!second.isEmpty() && !two) {
                throw new UserError(section.where("second")
                        + ": a second folder is for data.pairs: by-name or unpaired; set data.pairs or leave it out.");
            }
            return;
        }
        if (!path.isEmpty() || !second.isEmpty()) {
            throw new UserError(section.where(path.isEmpty() ? "second" : "path") + ": " + name.key()
                    + " is found by its name; for your own files set data.name to files.");
        }
        if (pairs != name.pairs()) {
            throw new UserError(section.where("pairs") + ": " + name.key() + " comes as '" + Section.kebab(name.pairs())
                    + "'; leave it out.");
        }
    }
}
