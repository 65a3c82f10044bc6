///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.gander:gander-core:0.1.0-SNAPSHOT

import io.gander.Gander;
import io.gander.generate.Generator;
import java.io.File;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** jbang digit.java RUN: writes one digit of a run. */
class digit {
    public static void main(String[] args) throws Exception {
        try (Generator generator = Gander.open(Path.of(args[0]))) {
            ImageIO.write(generator.images(1, 7).get(0), "png", new File("digit.png"));
        }
    }
}
