package digits;

import io.gander.Gander;
import io.gander.generate.Generator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Trains for as many steps as are given, unless the run is there, and writes one digit. */
final class Digits {
    private Digits() {}

    public static void main(String[] args) throws IOException {
        Path run = Path.of(args[0]);
        if (!Files.exists(run)) {
            Gander.train(Gander.recipe("mnist-dcgan").with("train.steps", Integer.parseInt(args[1])), run);
        }
        try (Generator generator = Gander.open(run)) {
            ImageIO.write(generator.images(1, 7).get(0), "png", new File("digit.png"));
        }
    }
}
