package io.gander.modality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SolidTest {
    private static void same(Solid found, Solid wanted) {
        assertThat(found).usingRecursiveComparison().isEqualTo(wanted);
    }

    @Test
    void aCubeOfTheRightSizeStaysAsItIs() {
        same(Solids.l(8).within(8), Solids.l(8));
    }

    @Test
    void aBoxStandsInTheMiddle() {
        Solid box = Solids.of(6, 4, 2, (x, y, z) -> true);

        same(box.within(8), Solids.of(8, 8, 8, (x, y, z) -> x >= 1 && x < 7 && y >= 2 && y < 6 && z >= 3 && z < 5));
    }

    @Test
    void oneThatIsMuchSmallerGrowsByAWholeFactor() {
        Solid corner = Solids.of(2, 1, 1, (x, y, z) -> x == 1);

        same(corner.within(5), Solids.of(5, 5, 5, (x, y, z) -> x >= 2 && x < 4 && y >= 1 && y < 3 && z >= 1 && z < 3));
        assertThat(Solids.of(3, 3, 3, (x, y, z) -> true).within(5).voxels())
                .as("5 is not twice 3")
                .satisfies(voxels -> assertThat(full(voxels)).isEqualTo(27));
    }

    @Test
    void oneThatIsLargerShrinksAndKeepsItsThinLegs() {
        Solid leg = Solids.of(16, 16, 16, (x, y, z) -> x == 5 && y == 10);

        same(leg.within(8), Solids.of(8, 8, 8, (x, y, z) -> x == 2 && y == 5));
        same(
                Solids.of(9, 1, 1, (x, y, z) -> x == 8).within(8),
                Solids.of(8, 8, 8, (x, y, z) -> x == 5 && y == 3 && z == 3)); // 5 long, from 1 on
    }

    @Test
    void emptyIsWithoutAFullVoxel() {
        assertThat(Solids.of(3, 2, 1, (x, y, z) -> false).isEmpty()).isTrue();
        assertThat(Solids.of(3, 2, 1, (x, y, z) -> x == 2 && y == 1).isEmpty()).isFalse();
    }

    private static int full(byte[] voxels) {
        int full = 0;
        for (byte voxel : voxels) {
            full += voxel != 0 ? 1 : 0;
        }
        return full;
    }
}
