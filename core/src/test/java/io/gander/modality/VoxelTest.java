package io.gander.modality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gander.Gander;
import io.gander.error.BrokenExample;
import io.gander.error.Complaint;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.recipe.Recipe;
import io.gander.source.Content;
import io.gander.source.Item;
import io.gander.source.Sources;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoxelTest {
    private static final int SIZE = 6;
    private static final byte[] L = Solids.l(SIZE).voxels();

    private final Path folder;

    VoxelTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static Voxel voxel(boolean turns, boolean flip) {
        return new Voxel(SIZE, turns, flip, Output.LINEAR);
    }

    private static Voxel plain() {
        return voxel(false, false);
    }

    private static Content numbers(byte[] values, Integer... sizes) {
        return new Content.Numbers(List.of(sizes), values, false);
    }

    private static byte[] stored(Content content) throws BrokenExample {
        return plain().encode(List.of(content));
    }

    /** All examples of a file or folder as they are stored. */
    private List<byte[]> read(Path path) throws BrokenExample {
        List<Item> items = new ArrayList<>();
        Sources.open("data.path", path, plain().wanted()).forEach(items::add);
        List<byte[]> stored = new ArrayList<>();
        for (Item item : items) {
            stored.add(plain().encode(item.contents()));
        }
        return stored;
    }

    // ---- what it is

    @Test
    void aSolidIsACubeOfOneChannel() {
        assertThat(plain().shape()).isEqualTo(Shape.of(1, SIZE, SIZE, SIZE));
        assertThat(plain().bytes()).isEqualTo(SIZE * SIZE * SIZE);
        assertThat(plain().takenBytes()).isEqualTo(plain().bytes());
        assertThat(plain().things()).isEqualTo("solids");
        assertThat(plain().storage()).isNotEqualTo(new Voxel(8, false, false, Output.LINEAR).storage());
        assertThat(plain().facts()).isEqualTo(Map.of("shape", List.of(1, SIZE, SIZE, SIZE)));
        Voxel kind = voxel(true, true);
        assertThat(kind.restore(new ObjectMapper().valueToTree(kind.facts()))).isEqualTo(kind);
        assertThat(kind.plain()).isEqualTo(plain());
    }

    // ---- in

    @Test
    void bytesBooleansAndFloatsAreFullFromTheirMiddleOn() throws BrokenExample {
        byte[] cube = new byte[SIZE * SIZE * SIZE];
        cube[7] = (byte) 128;
        cube[8] = 127;
        byte[] wanted = new byte[cube.length];
        wanted[7] = (byte) 255;
        assertThat(stored(numbers(cube, SIZE, SIZE, SIZE))).isEqualTo(wanted);
        assertThat(stored(numbers(cube, 1, SIZE, SIZE, SIZE)))
                .as("a channel first")
                .isEqualTo(wanted);
        assertThat(stored(numbers(cube, SIZE, SIZE, SIZE, 1))).as("or last").isEqualTo(wanted);
    }

    @Test
    void bytesOfNoughtAndOneAreEmptyAndFull() throws BrokenExample {
        byte[] ones = new byte[SIZE * SIZE * SIZE];
        byte[] wanted = new byte[ones.length];
        ones[9] = 1;
        wanted[9] = (byte) 255;

        assertThat(stored(numbers(ones, SIZE, SIZE, SIZE))).isEqualTo(wanted);
        Content floats = new Content.Numbers(List.of(SIZE, SIZE, SIZE), ones, true); // 1 of 255 is nearly empty
        assertThat(broken(floats)).hasMessage("is empty");
    }

    @Test
    void aBoxIsPutIntoTheMiddleOfTheCube() throws BrokenExample {
        byte[] box = Solids.of(4, 2, 6, (x, y, z) -> true).voxels();

        assertThat(stored(numbers(box, 4, 2, 6)))
                .isEqualTo(Solids.of(SIZE, SIZE, SIZE, (x, y, z) -> x >= 1 && x < 5 && y >= 2 && y < 4)
                        .voxels());
    }

    @Test
    void whatIsNoSolidIsRefused() {
        assertThat(broken(numbers(new byte[SIZE * SIZE * SIZE], SIZE, SIZE, SIZE)))
                .hasMessage("is empty");
        assertThat(broken(new Content.FileBytes("a.vox", new byte[] {1, 2, 3, 4, 5})))
                .hasMessage("is not a MagicaVoxel file");
        assertThat(broken(numbers(new byte[4], 2, 2))).hasMessage("does not have the shape of a solid");
        assertThat(plain().wanted().arrays().test(List.of(32L, 32L, 32L))).isTrue();
        assertThat(plain().wanted().arrays().test(List.of(1L, 32L, 32L, 32L))).isTrue();
        assertThat(plain().wanted().arrays().test(List.of(3L, 32L, 32L, 32L))).isFalse();
        assertThat(plain().wanted().arrays().test(List.of(28L, 28L))).isFalse();
    }

    private static BrokenExample broken(Content content) {
        BrokenExample broken = catchThrowableOfType(BrokenExample.class, () -> stored(content));
        assertThat(broken).as("must be refused").isNotNull();
        return broken;
    }

    @Test
    void filesOfArraysAreReadPackedOrNot() throws IOException, BrokenExample {
        byte[] values = new byte[2 * L.length];
        for (int i = 0; i < L.length; i++) {
            values[i] = (byte) (L[i] == 0 ? 0 : 1);
            values[L.length + i] = 1;
        }
        byte[] npy = Solids.npy("|b1", List.of(2, SIZE, SIZE, SIZE), values);
        Path plain = Files.write(folder.resolve("two.npy"), npy);
        Path gzipped = folder.resolve("two.npy.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzipped))) {
            out.write(npy);
        }
        Path zipped = folder.resolve("two.npz");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zipped))) {
            out.putNextEntry(new ZipEntry("solids.npy"));
            out.write(npy);
        }

        for (Path file : List.of(plain, gzipped, zipped)) {
            List<byte[]> read = read(file);
            assertThat(read).as("%s", file).hasSize(2);
            assertThat(read.get(0)).isEqualTo(L);
            assertThat(read.get(1)).containsOnly((byte) 255);
        }
        Path pictures = Files.write(folder.resolve("pictures.npy"), Solids.npy("|u1", List.of(3, 2, 2), new byte[12]));
        Complaint.of(() -> read(pictures)).contains("pictures.npy", "3×2×2 is none of solids", "count × width");
        Path text = Files.writeString(folder.resolve("readme.txt"), "solids");
        Complaint.of(() -> read(text)).contains("readme.txt", ".npy");
        Path one = Files.write(folder.resolve("one.vox"), VoxFile.write(Solids.l(SIZE)));
        Complaint.of(() -> read(one)).contains("one.vox' is one solid; give the folder that holds many");
    }

    /** x, y and z stay what they are on the way through both formats: an L that no turn leaves as it is comes back whole. */
    @Test
    void theAxesKeepTheirOrderFromArrayToVoxAndBack() throws IOException, BrokenExample {
        Path array = Files.write(folder.resolve("l.npy"), Solids.npy("|u1", List.of(1, SIZE, SIZE, SIZE), L.clone()));
        byte[] first = read(array).get(0);
        try (Scope scope = Scope.open()) {
            Path vox = Files.createDirectory(folder.resolve("vox"));
            Tensor made = plain().load(first, 1);
            Files.write(vox.resolve("l.vox"), plain().file(made, new Codec.Format("vox", false), Map.of()));
            byte[] second = read(vox).get(0);
            Path again = folder.resolve("again.npy");
            Tensor both = plain().load(concat(second, first), 2);
            Files.write(again, plain().file(both, new Codec.Format("npy", true), Map.of()));

            assertThat(first).isEqualTo(L);
            assertThat(second).isEqualTo(L);
            assertThat(read(again)).hasSize(2).allSatisfy(solid -> assertThat(solid)
                    .isEqualTo(L));
        }
    }

    private static byte[] concat(byte[] a, byte[] b) {
        return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
    }

    // ---- each step

    private static byte[] taken(Voxel voxel, long seed) {
        byte[] target = new byte[L.length + 3];
        voxel.take(L, target, 2, new SplittableRandom(seed));
        assertThat(target[0] | target[1] | target[target.length - 1]).isZero();
        return Arrays.copyOfRange(target, 2, target.length - 1);
    }

    private static Set<ByteBuffer> all(Voxel voxel) {
        Set<ByteBuffer> all = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            all.add(ByteBuffer.wrap(taken(voxel, seed)));
        }
        return all;
    }

    /** Turned by so many quarters about the upright axis, perhaps mirrored before. */
    private static ByteBuffer moved(int quarters, boolean mirrored) {
        int[] at = new int[2];
        byte[] moved = new byte[L.length];
        for (int x = 0; x < SIZE; x++) {
            for (int y = 0; y < SIZE; y++) {
                at[0] = mirrored ? SIZE - 1 - x : x;
                at[1] = y;
                for (int i = 0; i < quarters; i++) {
                    int before = at[0];
                    at[0] = SIZE - 1 - at[1];
                    at[1] = before;
                }
                System.arraycopy(L, (x * SIZE + y) * SIZE, moved, (at[0] * SIZE + at[1]) * SIZE, SIZE);
            }
        }
        return ByteBuffer.wrap(moved);
    }

    @Test
    void withTurnsAndMirrorsAllEightImagesComeAndNoOther() {
        Set<ByteBuffer> turned = new HashSet<>();
        Set<ByteBuffer> both = new HashSet<>();
        for (int quarters = 0; quarters < 4; quarters++) {
            turned.add(moved(quarters, false));
            both.add(moved(quarters, false));
            both.add(moved(quarters, true));
        }

        assertThat(both).as("no two of an L's images are alike").hasSize(8);
        assertThat(all(voxel(true, true))).isEqualTo(both);
        assertThat(all(voxel(true, false))).isEqualTo(turned);
        assertThat(all(voxel(false, true))).isEqualTo(Set.of(moved(0, false), moved(0, true)));
        assertThat(all(plain())).isEqualTo(Set.of(ByteBuffer.wrap(L)));
        assertThat(all((Voxel) voxel(true, true).plain())).hasSize(1);
    }

    @Test
    void theSamePlaceGivesTheSame() {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(taken(voxel(true, true), seed)).isEqualTo(taken(voxel(true, true), seed));
        }
    }

    @Test
    void numbersAreInTheRangeOfTheGeneratorAndNaturalOnesFromNoughtToOne() {
        byte[] two = concat(L, new byte[L.length]);
        for (Output output : Output.values()) {
            Codec codec = plain().within(output);
            try (Scope scope = Scope.open()) {
                Tensor solids = codec.load(two, 2);

                assertThat(solids.shape()).containsExactly(2, 1, SIZE, SIZE, SIZE);
                float[] values = solids.toArray();
                float[] natural = codec.natural(solids).toArray();
                for (int i = 0; i < two.length; i++) {
                    assertThat(values[i]).isEqualTo((float) (two[i] == 0 ? output.low() : output.high()));
                    assertThat(natural[i]).isCloseTo(two[i] == 0 ? 0 : 1, within(1e-6F));
                }
            }
        }
    }

    // ---- out

    @Test
    void itIsWrittenAsVoxGlbAndNpy() throws IOException {
        assertThat(plain().formats()).extracting(Codec.Format::ending).containsExactly("vox", "glb", "npy");
        assertThat(plain().formats()).extracting(Codec.Format::many).containsExactly(false, false, true);
        try (Scope scope = Scope.open()) {
            Codec tanh = plain().within(Output.TANH);
            Tensor made = tanh.load(L, 1);
            assertThat(text(tanh.file(made, new Codec.Format("vox", false), Map.of()), 4))
                    .isEqualTo("VOX ");
            byte[] glb = tanh.file(made, new Codec.Format("glb", false), Map.of("Software", "Gander"));
            assertThat(text(glb, 4)).isEqualTo("glTF");
            assertThat(text(glb, glb.length)).contains("\"Software\":\"Gander\"");
            byte[] npy = tanh.file(made, new Codec.Format("npy", true), Map.of());
            assertThat(text(npy, 128))
                    .contains("'descr': '<f4'")
                    .contains("(1, 6, 6, 6)")
                    .endsWith("\n");
            assertThat(npy).hasSize(128 + Float.BYTES * L.length);
        }
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    @Test
    void eachIsAPictureAndTheyStandInASheet() throws BrokenExample {
        try (Scope scope = Scope.open()) {
            Tensor made = plain().load(concat(L, new byte[L.length]), 2);
            List<BufferedImage> pictures = plain().pictures(made);

            assertThat(pictures).hasSize(2).allMatch(picture -> picture.getWidth() == 96);
            assertThat(pixels(pictures.get(0))).isNotEqualTo(pixels(pictures.get(1)));
            assertThat(plain().preview(List.of(made)).getWidth()).isGreaterThan(2 * 96 - 1);
        }
        Codec.Inspection seen = plain().inspect(List.of(numbers(new byte[] {0, 1}, 1, 2, 1)));
        assertThat(seen.sizes()).containsExactly(1, 2, 1);
        assertThat(seen.thumbnails()).hasSize(1);
    }

    private static int[] pixels(BufferedImage picture) {
        return picture.getRGB(0, 0, 96, 96, null, 0, 96);
    }

    // ---- the recipe's keys

    private static Recipe recipe() {
        return Gander.recipe("chairs-32");
    }

    @Test
    void theRecipesKeysAreChecked() {
        assertThat(Modalities.of(recipe().data())).isEqualTo(new Voxel(32, false, true, Output.LINEAR));
        assertThat(Modalities.of(recipe().with("data.turns", true).data()))
                .isEqualTo(new Voxel(32, true, true, Output.LINEAR));
        Complaint.of(() -> recipe().with("data.turn", true)).contains("data.turn", "'data.turns'");
        Complaint.of(() -> recipe().with("data.channels", 3)).contains("data.channels");
        Complaint.of(() -> recipe().with("data.size", 3)).contains("data.size", "4");
        Complaint.of(() -> recipe().with("data.kind", "voxels")).contains("data.kind", "Did you mean 'voxel'?");
        Complaint.of(() -> recipe().with("data.pairs", "side-by-side")).contains("data.pairs: solids are not pairs");
        Complaint.of(() -> recipe().with("data.name", "mnist")).contains("mnist");
    }

    @Test
    void aSideThatTheNetworkCannotMakeIsSaid() throws IOException {
        Path array = Files.write(folder.resolve("l.npy"), Solids.npy("|u1", List.of(1, SIZE, SIZE, SIZE), L.clone()));
        Recipe odd = recipe().with("data.path", Recipe.quoted(array.toString())).with("data.size", 20);

        Complaint.of(() -> Gander.train(odd, folder.resolve("run")))
                .contains("generator dcgan cannot make examples of 20×20×20");
        assertThat(folder.resolve("run")).doesNotExist();
    }
}
