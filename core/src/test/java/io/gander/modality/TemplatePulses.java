package io.gander.modality;

import io.gander.error.BrokenExample;
import io.gander.error.UserError;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.recipe.DataName;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Section;
import io.gander.source.Content;
import io.gander.source.Wanted;
import io.gander.tensor.Tensor;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

// template
/**
 * A template, pulses: so many values 0…1 along one axis. Stored as little-endian float32; for networks [n, 1, length].
 *
 * @param output the range in which networks see and make them
 */
record TemplatePulses(int length, Output output) implements Modality, Codec {
    private static final Format CSV = new Format("csv", false);
    private static final int WIDTH = 96; // of a preview, pixels
    private static final int HEIGHT = 48;

    static TemplatePulses read(DataName name, DataRecipe.Pairs pairs, Section section) {
        if (pairs != DataRecipe.Pairs.NONE) {
            throw new UserError(section.where("pairs") + ": pulses are not pairs; leave it out.");
        }
        return new TemplatePulses(section.integer("length", 64, 2, 65_536), Output.LINEAR);
    }

    /** Files with a value a line, in a folder or an archive; or an array, whose values come as bytes. */
    @Override
    public Wanted wanted() {
        List<Long> sizes = List.of((long) length);
        return new Wanted("pulses", List.of(".csv"), ".csv", sizes::equals, "count × " + length);
    }

    @Override
    public Codec codec() {
        return this;
    }

    @Override
    public String things() {
        return "pulses";
    }

    @Override
    public Shape shape() {
        return Shape.of(1, length);
    }

    @Override
    public String storage() {
        return "pulses " + length;
    }

    @Override
    public int bytes() {
        return length * Float.BYTES;
    }

    @Override
    public byte[] encode(List<Content> contents) throws BrokenExample {
        List<Float> values = values(contents.get(0));
        if (values.size() != length) {
            throw new BrokenExample(
                    BrokenExample.Kind.UNKNOWN_FORMAT, "has " + values.size() + " values, not data.length=" + length);
        }
        byte[] stored = new byte[bytes()];
        FloatBuffer floats = floats(stored);
        for (float value : values) {
            if (!(value >= 0 && value <= 1)) {
                throw new BrokenExample(BrokenExample.Kind.DAMAGED, "holds " + value + ", which is not in 0…1");
            }
            floats.put(value);
        }
        return stored;
    }

    private static List<Float> values(Content content) throws BrokenExample {
        List<Float> values = new ArrayList<>();
        if (content instanceof Content.Numbers array) {
            for (byte value : array.values()) {
                values.add((value & 255) / 255f);
            }
        } else if (content instanceof Content.FileBytes file) {
            try {
                new String(file.bytes(), StandardCharsets.UTF_8)
                        .lines()
                        .map(Float::valueOf)
                        .forEach(values::add);
            } catch (NumberFormatException e) {
                throw BrokenExample.damaged();
            }
        }
        return values;
    }

    private static FloatBuffer floats(byte[] stored) {
        return ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    @Override
    public Tensor load(byte[] bytes, int n) {
        float[] values = new float[n * length];
        floats(bytes).get(values);
        return Tensor.of(values, n, 1, length).mul(output.high() - output.low()).add(output.low());
    }

    @Override
    public Codec within(Output range) {
        return new TemplatePulses(length, range);
    }

    @Override
    public Tensor natural(Tensor made) {
        return output.unit(made);
    }

    @Override
    public List<BufferedImage> pictures(Tensor made) {
        float[] values = natural(made).toArray();
        List<BufferedImage> pictures = new ArrayList<>();
        for (int from = 0; from < values.length; from += length) {
            BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
            Graphics2D pen = picture.createGraphics();
            for (int i = 1; i < length; i++) {
                pen.drawLine(x(i - 1), y(values[from + i - 1]), x(i), y(values[from + i]));
            }
            pen.dispose();
            pictures.add(picture);
        }
        return pictures;
    }

    private int x(int i) {
        return i * (WIDTH - 1) / (length - 1);
    }

    private static int y(float value) {
        return Math.round((1 - value) * (HEIGHT - 1));
    }

    @Override
    public List<Format> formats() {
        return List.of(CSV);
    }

    /** What {@link #encode} reads. */
    @Override
    public byte[] file(Tensor made, Format format, Map<String, String> text) {
        StringBuilder lines = new StringBuilder();
        for (float value : natural(made).toArray()) {
            lines.append(value).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
// end of template
