package io.gander.data;

import io.gander.recipe.Range;
import io.gander.recipe.Section;

/**
 * The recipe's section {@code degrade}: how the input of a restoration is made from a good picture, in this order. What is a
 * {@link Range} is drawn anew for each picture.
 *
 * @param blur σ of a Gaussian, pixels of the target; 0 for none
 * @param lowResolution how many times smaller the picture becomes, bicubically, before it is enlarged again; 1 for none
 * @param noise σ of white Gaussian noise, grey levels of 255; 0 for none
 * @param jpeg the quality at which it is compressed, 1 to 100; 0 for none
 * @param grey whether colours go
 * @param blocks the share of the picture that is missing, in squares of mid grey; 0 for none
 * @param blockSize side of a missing square, pixels
 */
public record DegradeRecipe(
        Range blur, int lowResolution, Range noise, Range jpeg, boolean grey, Range blocks, int blockSize) {
    /** Nothing is done. */
    public static final DegradeRecipe NONE =
            new DegradeRecipe(new Range(0, 0), 1, new Range(0, 0), new Range(0, 0), false, new Range(0, 0), 16);

    /** The keys of the section {@code degrade}. */
    public static DegradeRecipe read(Section section) {
        return new DegradeRecipe(
                section.range("blur", 0, 0, 20),
                section.integer("low-resolution", 1, 1, 16),
                section.range("noise", 0, 0, 255),
                section.range("jpeg", 0, 0, 100),
                section.flag("grey", false),
                section.range("blocks", 0, 0, 0.9),
                section.integer("block-size", 16, 1, 512));
    }

    /** Whether anything is done to a picture. */
    public boolean any() {
        return grey || harms();
    }

    /** Whether nothing goes but colours, so that what is bright and what is dark stays as it was. */
    public boolean coloursOnly() {
        return grey && !harms();
    }

    private boolean harms() {
        return blur.most() > 0 || lowResolution > 1 || noise.most() > 0 || jpeg.most() > 0 || blocks.most() > 0;
    }
}
