package io.gander.modality;

import io.gander.error.BrokenExample;
import io.gander.error.UserError;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.recipe.DataName;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Section;
import io.gander.source.Content;
import io.gander.source.NumpyWriter;
import io.gander.source.Wanted;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Solids: cubes of voxels, each full or empty. Stored a byte a voxel, 0 or 255, the last axis upright and first in memory; for
 * networks [n, 1, size, size, size] from the range's low (empty) to its high (full).
 *
 * @param size voxels along each axis
 * @param turns whether a batch turns each solid by 0 to 3 quarters about the upright axis
 * @param flip whether half of the solids of a batch are mirrored
 * @param output the range in which networks see and make them
 */
public record Voxel(int size, boolean turns, boolean flip, Output output) implements Modality, Codec {
    /** Where full begins, as a share of the range. */
    static final double FULL = 0.5;

    private static final Format VOX = new Format("vox", false);
    private static final Format GLB = new Format("glb", false);
    private static final Format NPY = new Format("npy", true);
    private static final int THUMBNAIL = 96; // pixels
    private static final int QUARTERS = 4;

    private static final Wanted SOLIDS = new Wanted(
            "solids", List.of(".vox"), ".vox", Voxel::fits, "count × width × depth × height, perhaps with one channel");

    static Voxel read(DataName name, DataRecipe.Pairs pairs, Section section) {
        if (pairs != DataRecipe.Pairs.NONE) {
            throw new UserError(section.where("pairs") + ": solids are not pairs; leave it out.");
        }
        return new Voxel(
                section.integer("size", 32, 4, 256),
                section.flag("turns", false),
                section.flag("flip", false),
                Output.LINEAR);
    }

    private static boolean fits(List<Long> sizes) {
        return sizes.size() == 3 || (sizes.size() == 4 && (sizes.get(0) == 1 || sizes.get(3) == 1));
    }

    @Override
    public Wanted wanted() {
        return SOLIDS;
    }

    @Override
    public Codec codec() {
        return this;
    }

    @Override
    public String things() {
        return "solids";
    }

    @Override
    public Shape shape() {
        return Shape.of(1, size, size, size);
    }

    @Override
    public String storage() {
        return "voxels " + size;
    }

    @Override
    public int bytes() {
        return size * size * size;
    }

    /**
     * A solid in the middle of the cube; one that is larger is made smaller by a whole factor, of whose voxels one full one fills the new
     * one (thin legs stay), and a much smaller one larger.
     */
    @Override
    public byte[] encode(List<Content> contents) throws BrokenExample {
        Solid solid = solid(contents.get(0));
        if (solid.isEmpty()) {
            throw new BrokenExample(BrokenExample.Kind.DAMAGED, "is empty");
        }
        return solid.within(size).voxels();
    }

    private static Solid solid(Content content) throws BrokenExample {
        if (content instanceof Content.FileBytes file) {
            return VoxFile.read(file.bytes());
        }
        Content.Numbers numbers = (Content.Numbers) content;
        List<Integer> sizes = new ArrayList<>(numbers.sizes());
        if (sizes.size() == 4) {
            sizes.remove(sizes.get(0) == 1 ? 0 : 3);
        }
        if (sizes.size() != 3) {
            throw new BrokenExample(BrokenExample.Kind.UNKNOWN_FORMAT, "does not have the shape of a solid");
        }
        int most = 0;
        for (byte value : numbers.values()) {
            most = Math.max(most, value & 255);
        }
        int full = most == 1 && !numbers.scaled() ? 1 : 128; // arrays of bytes often hold 0 and 1
        byte[] voxels = new byte[numbers.values().length];
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = (byte) ((numbers.values()[i] & 255) >= full ? 255 : 0);
        }
        return new Solid(sizes.get(0), sizes.get(1), sizes.get(2), voxels);
    }

    @Override
    public Inspection inspect(List<Content> contents) throws BrokenExample {
        Solid solid = solid(contents.get(0));
        byte[] stored = encode(contents);
        float[] field = new float[stored.length];
        for (int i = 0; i < field.length; i++) {
            field[i] = stored[i] == 0 ? 0 : 1;
        }
        return new Inspection(
                List.of(solid.width(), solid.depth(), solid.height()),
                1,
                solid.voxels(),
                List.of(new SolidPicture(field, 0, size).draw(THUMBNAIL)));
    }

    /** Turned and mirrored at random, if the recipe says so. */
    @Override
    public void take(byte[] stored, byte[] target, int offset, SplittableRandom random) {
        int quarters = turns ? random.nextInt(QUARTERS) : 0;
        boolean mirrored = flip && random.nextBoolean();
        if (quarters == 0 && !mirrored) {
            System.arraycopy(stored, 0, target, offset, stored.length);
            return;
        }
        int last = size - 1;
        for (int x = 0; x < size; x++) {
            for (int y = 0; y < size; y++) {
                int a = mirrored ? last - x : x;
                int u =
                        switch (quarters) {
                            case 0 -> a;
                            case 1 -> y;
                            case 2 -> last - a;
                            default -> last - y;
                        };
                int v =
                        switch (quarters) {
                            case 0 -> y;
                            case 1 -> last - a;
                            case 2 -> last - y;
                            default -> a;
                        };
                System.arraycopy(stored, (u * size + v) * size, target, offset + (x * size + y) * size, size);
            }
        }
    }

    @Override
    public Tensor load(byte[] bytes, int n) {
        return Tensor.ofPixels(bytes, output.low(), output.high(), n, 1, size, size, size);
    }

    @Override
    public Codec plain() {
        return new Voxel(size, false, false, output);
    }

    @Override
    public Codec within(Output range) {
        return new Voxel(size, turns, flip, range);
    }

    /** Occupancies, 0…1. */
    @Override
    public Tensor natural(Tensor made) {
        return output.unit(made);
    }

    @Override
    public List<BufferedImage> pictures(Tensor made) {
        float[] fields = natural(made).toArray();
        List<BufferedImage> pictures = new ArrayList<>();
        for (int i = 0; i < fields.length / bytes(); i++) {
            pictures.add(new SolidPicture(fields, i * bytes(), size).draw(THUMBNAIL));
        }
        return pictures;
    }

    @Override
    public List<Format> formats() {
        return List.of(VOX, GLB, NPY);
    }

    @Override
    public byte[] file(Tensor made, Format format, Map<String, String> text) throws IOException {
        float[] fields = natural(made).toArray();
        if (format.equals(NPY)) {
            return NumpyWriter.of(fields, made.shape()[0], size, size, size);
        }
        return format.equals(GLB) ? Glb.of(SurfaceNets.of(fields, size), text) : VoxFile.write(solid(fields));
    }

    private Solid solid(float[] field) {
        byte[] voxels = new byte[field.length];
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = (byte) (field[i] > FULL ? 255 : 0);
        }
        return new Solid(size, size, size, voxels);
    }
}
