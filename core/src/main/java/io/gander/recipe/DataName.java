package io.gander.recipe;

import io.gander.recipe.DataRecipe.Pairs;

/** What {@code data.name} may be: the user's own files, or a set that is known by name. */
public enum DataName {
    FILES("your own pictures: a folder, an archive, an array or a list at data.path", 64, 3, Pairs.NONE),
    MNIST("60,000 handwritten digits (LeCun et al., 1998)", 28, 1, Pairs.NONE),
    FASHION_MNIST("60,000 pieces of clothing (Xiao et al., 2017)", 28, 1, Pairs.NONE),
    KMNIST("60,000 cursive Japanese characters (Clanuwat et al., 2018)", 28, 1, Pairs.NONE),
    STACKED_MNIST(
            "128,000 pictures of three digits each, one a channel: 1,000 modes (Metz et al., 2017)", 28, 3, Pairs.NONE),
    CIFAR_10("50,000 photographs of 10 kinds of things (Krizhevsky, 2009)", 32, 3, Pairs.NONE),
    CIFAR_100("50,000 photographs of 100 kinds of things (Krizhevsky, 2009)", 32, 3, Pairs.NONE),
    FACADES("400 façades with their labels (Tyleček and Šára, 2013; Isola et al., 2017)", 256, 3, Pairs.SIDE_BY_SIDE),
    MAPS("1,096 aerial photographs with their maps (Isola et al., 2017)", 256, 3, Pairs.SIDE_BY_SIDE),
    EDGES2SHOES(
            "49,825 shoes with their outlines (Yu and Grauman, 2014; Isola et al., 2017)", 256, 3, Pairs.SIDE_BY_SIDE),
    EDGES2HANDBAGS(
            "138,567 handbags with their outlines (Zhu et al., 2016; Isola et al., 2017)", 256, 3, Pairs.SIDE_BY_SIDE),
    NIGHT2DAY(
            "17,823 places by night and by day (Laffont et al., 2014; Isola et al., 2017)", 256, 3, Pairs.SIDE_BY_SIDE),
    APPLE2ORANGE("995 apples and 1,019 oranges (Zhu et al., 2017)", 256, 3, Pairs.UNPAIRED),
    SUMMER2WINTER_YOSEMITE("Yosemite in summer (1,231) and in winter (962) (Zhu et al., 2017)", 256, 3, Pairs.UNPAIRED),
    HORSE2ZEBRA("1,067 horses and 1,334 zebras (Zhu et al., 2017)", 256, 3, Pairs.UNPAIRED),
    MONET2PHOTO("1,072 paintings by Monet and 6,287 photographs (Zhu et al., 2017)", 256, 3, Pairs.UNPAIRED),
    CEZANNE2PHOTO("525 paintings by Cézanne and 6,287 photographs (Zhu et al., 2017)", 256, 3, Pairs.UNPAIRED),
    UKIYOE2PHOTO("562 Japanese woodblock prints and 6,287 photographs (Zhu et al., 2017)", 256, 3, Pairs.UNPAIRED),
    VANGOGH2PHOTO("400 paintings by Van Gogh and 6,287 photographs (Zhu et al., 2017)", 256, 3, Pairs.UNPAIRED),
    IPHONE2DSLR_FLOWER(
            "flowers by telephone (1,812) and by a better camera (3,325) (Zhu et al., 2017)", 256, 3, Pairs.UNPAIRED),
    RING("points: 8 Gaussians on a circle (Lin et al., 2018)"),
    GRID("points: 25 Gaussians on a grid (Lin et al., 2018)"),
    SWISS_ROLL("points: a spiral"),
    MOONS("points: two half circles"),
    CHECKERBOARD("points: every other square of 16"),
    PARABOLA("points: the curve y = x²"),
    POINTS("points of your own: a CSV file of x and y at data.path");

    private static final String PICTURES = "image";
    private static final String POINTS_OF_THE_PLANE = "point";

    private final String description;
    private final String kind;
    /** The set's own, or 0 to leave them to the kind. */
    private final int size;

    private final int channels;
    private final Pairs pairs;

    /** Of pictures. */
    DataName(String description, int size, int channels, Pairs pairs) {
        this.description = description;
        this.kind = PICTURES;
        this.size = size;
        this.channels = channels;
        this.pairs = pairs;
    }

    /** Of points. */
    DataName(String description) {
        this.description = description;
        this.kind = POINTS_OF_THE_PLANE;
        this.size = 0;
        this.channels = 0;
        this.pairs = Pairs.NONE;
    }

    /** The kind of its data, as {@code data.kind} names it; the user's own files may be of another. */
    public String kind() {
        return kind;
    }

    /** Whether its place is a recipe's {@code data.path}. */
    public boolean own() {
        return this == FILES || this == POINTS;
    }

    /** As recipes and commands write it, such as {@code cifar-10}. */
    public String key() {
        return Section.kebab(this);
    }

    /** A line for lists. */
    public String description() {
        return description;
    }

    /** What a key of its kind is unless the recipe says otherwise: the set's own default, or the kind's. */
    public int fallback(String key, int ofKind) {
        int own =
                switch (key) {
                    case "size" -> size;
                    case "channels" -> channels;
                    default -> 0;
                };
        return own > 0 ? own : ofKind;
    }

    public Pairs pairs() {
        return pairs;
    }
}
