package io.gander.modality;

import io.gander.error.BrokenExample;
import io.gander.error.UserError;
import io.gander.image.Sheet;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.recipe.DataName;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Section;
import io.gander.source.Content;
import io.gander.source.NumpyWriter;
import io.gander.source.Wanted;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Points of the plane, x and y as they are: data on which a GAN can be watched. They are stored as two little-endian float32. */
public record Point() implements Modality, Codec {
    private static final Format CSV = new Format("csv", true);
    private static final Format NPY = new Format("npy", true);
    /** How many samples a picture of the plane shows. */
    private static final int SHOWN = 1000;

    static Point read(DataName name, DataRecipe.Pairs pairs, Section section) {
        if (pairs != DataRecipe.Pairs.NONE) {
            throw new UserError(section.where("pairs") + ": points of the plane are not pairs; leave it out.");
        }
        if (name == DataName.FILES) {
            throw new UserError(section.where("kind")
                    + " is 'point': set data.name, to points for a CSV file of your own at data.path.");
        }
        return new Point();
    }

    /** An array of two numbers each. */
    @Override
    public Wanted wanted() {
        return new Wanted("points", List.of(), "", sizes -> sizes.equals(List.of(2L)), "count × 2");
    }

    @Override
    public Codec codec() {
        return this;
    }

    @Override
    public String things() {
        return "points";
    }

    @Override
    public Shape shape() {
        return Shape.of(2);
    }

    @Override
    public String storage() {
        return "points";
    }

    @Override
    public int bytes() {
        return 2 * Float.BYTES;
    }

    /** Points come as numbers, never as items that are decoded. */
    @Override
    public byte[] encode(List<Content> contents) throws BrokenExample {
        throw new BrokenExample(
                BrokenExample.Kind.UNKNOWN_FORMAT, "is not a point; set data.name=points for a CSV file of x and y");
    }

    /** Points' bytes, one behind the other. */
    public static byte[] bytes(float[] xy) {
        byte[] bytes = new byte[xy.length * Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(xy);
        return bytes;
    }

    @Override
    public Tensor load(byte[] bytes, int n) {
        float[] xy = new float[2 * n];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(xy);
        return Tensor.of(xy, n, 2);
    }

    @Override
    public Codec within(Output output) {
        if (output != Output.LINEAR) {
            throw new UserError("generator.output: points of the plane have no bounds; set it to linear.");
        }
        return this;
    }

    @Override
    public Tensor natural(Tensor made) {
        return made;
    }

    @Override
    public List<BufferedImage> pictures(Tensor made) {
        List<BufferedImage> pictures = new ArrayList<>();
        for (int i = 0; i < made.shape()[0]; i++) {
            pictures.add(preview(List.of(made.narrow(0, i, 1))));
        }
        return pictures;
    }

    @Override
    public BufferedImage preview(List<Tensor> columns) {
        List<BufferedImage> planes = new ArrayList<>();
        columns.forEach(points -> planes.add(new PlanePicture(points.toArray()).draw(points)));
        return Sheet.of(planes, 0);
    }

    @Override
    public int previewed(int asked) {
        return SHOWN;
    }

    /** The plane from above: see {@link PlanePicture}. */
    @Override
    public BufferedImage preview(Tensor made, Supplier<Tensor> real, UnaryOperator<Tensor> critic) {
        float[] some;
        try (Scope scope = Scope.open()) {
            some = real.get().toArray();
        }
        return Sheet.of(List.of(new PlanePicture(some).draw(made, critic)), 1);
    }

    @Override
    public List<Format> formats() {
        return List.of(CSV, NPY);
    }

    @Override
    public byte[] file(Tensor made, Format format, Map<String, String> text) {
        float[] xy = made.toArray();
        if (format.equals(NPY)) {
            return NumpyWriter.of(xy, xy.length / 2, 2);
        }
        StringBuilder csv = new StringBuilder("x,y\n");
        for (int i = 0; i < xy.length; i += 2) {
            csv.append(xy[i]).append(',').append(xy[i + 1]).append('\n');
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }
}
