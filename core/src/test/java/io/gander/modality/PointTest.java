package io.gander.modality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gander.error.BrokenExample;
import io.gander.error.Complaint;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.source.Content;
import io.gander.tensor.Draws;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PointTest {
    private static final Codec POINT = new Point();
    private static final float[] THREE = {0, 0, 1.5F, -2, 0.25F, 3};

    @Test
    void aPointIsTwoNumbers() {
        assertThat(POINT.shape()).isEqualTo(Shape.of(2));
        assertThat(POINT.bytes()).isEqualTo(8);
        assertThat(POINT.parts()).isEqualTo(1);
        assertThat(POINT.members()).isEqualTo(1);
        assertThat(POINT.things()).isEqualTo("points");
    }

    @Test
    void bytesAreLittleEndianAndBecomeTheSameNumbersAgain() {
        byte[] bytes = Point.bytes(THREE);
        try (Scope scope = Scope.open()) {
            Tensor points = POINT.load(bytes, 3);

            assertThat(points.shape()).containsExactly(3, 2);
            assertThat(points.toArray()).isEqualTo(THREE);
            assertThat(POINT.natural(points).toArray()).isEqualTo(THREE);
            assertThat(POINT.augment(points, Draws.of(1))).isSameAs(points);
        }
        assertThat(Point.bytes(new float[] {1, -2})).containsExactly(0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0);
    }

    @Test
    void aStepTakesAPointWhole() {
        byte[] target = new byte[10];
        POINT.take(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, target, 1, new SplittableRandom(1));

        assertThat(POINT.takenBytes()).isEqualTo(8);
        assertThat(target).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 0);
    }

    @Test
    void pointsHaveNoBoundsForAnActivationToKeep() {
        assertThat(POINT.within(Output.LINEAR)).isEqualTo(POINT);
        Complaint.of(() -> POINT.within(Output.TANH))
                .startsWith("generator.output: ")
                .endsWith("set it to linear.");
        Complaint.of(() -> POINT.within(Output.SIGMOID)).startsWith("generator.output: ");
    }

    @Test
    void itemsOfASourceAreNoPoints() {
        List<Content> item = List.of(new Content.FileBytes("a.csv", new byte[9]));

        assertThatThrownBy(() -> POINT.encode(item))
                .isInstanceOf(BrokenExample.class)
                .hasMessageContaining("data.name=points");
        assertThatThrownBy(() -> POINT.inspect(item)).isInstanceOf(BrokenExample.class);
    }

    @Test
    void aFileIsATableOfXAndY() throws IOException {
        Codec.Format csv = POINT.formats().get(0);
        assertThat(csv).isEqualTo(new Codec.Format("csv", true));
        try (Scope scope = Scope.open()) {
            byte[] file = POINT.file(Tensor.of(THREE, 3, 2), csv, Map.of());

            assertThat(new String(file, StandardCharsets.UTF_8)).isEqualTo("x,y\n0.0,0.0\n1.5,-2.0\n0.25,3.0\n");
        }
    }

    @Test
    void manyPointsAreOnePictureOfThePlane() {
        try (Scope scope = Scope.open()) {
            Tensor points = Tensor.of(THREE, 3, 2);

            BufferedImage plane = POINT.preview(List.of(points));

            assertThat(plane.getWidth()).isEqualTo(plane.getHeight()).isEqualTo(404);
            assertThat(colours(plane)).as("white, blue and mixtures").isGreaterThan(2);
            assertThat(POINT.pictures(points)).hasSize(3);
            assertThat(POINT.previewed(64)).as("too few to see a shape").isEqualTo(1000);
        }
    }

    /** Where the discriminator believes in the right half, that is warm and the left cool. */
    @Test
    void whatTheDiscriminatorThinksLiesBelowThePoints() {
        try (Scope scope = Scope.open()) {
            Tensor points = Tensor.of(THREE, 3, 2);
            Tensor real = Tensor.of(new float[] {-4, -4, 4, 4}, 2, 2);

            BufferedImage plane = POINT.preview(points, () -> real, places -> places.narrow(1, 0, 1));

            int left = plane.getRGB(20, 300);
            int right = plane.getRGB(380, 100);
            assertThat(left & 255).as("blue").isGreaterThan(left >> 16 & 255);
            assertThat(right >> 16 & 255).as("red").isGreaterThan(right & 255);
        }
    }

    private static long colours(BufferedImage picture) {
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        return Arrays.stream(pixels).distinct().count();
    }

    @Test
    void itsFactsAreItsShapeAndItIsRestoredWithoutData() {
        Modality kind = new Point();

        assertThat(POINT.facts()).isEqualTo(Map.of("shape", List.of(2)));
        assertThat(kind.restore(new ObjectMapper().valueToTree(POINT.facts()))).isEqualTo(POINT);
        assertThat(kind.wanted().arrays().test(List.of(2L))).isTrue();
        assertThat(kind.wanted().arrays().test(List.of(28L, 28L))).isFalse();
    }
}
