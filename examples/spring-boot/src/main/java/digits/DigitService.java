package digits;

import io.gander.Gander;
import io.gander.generate.Generator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves {@code /digit.png?seed=N} from the run that {@code --gander.run=DIR} names. */
@SpringBootApplication
public class DigitService {
    private static final Logger LOG = LoggerFactory.getLogger(DigitService.class);

    public static void main(String[] args) {
        SpringApplication.run(DigitService.class, args);
    }

    /** One for all requests, since any number of threads may use it. Spring closes it at the end. */
    @Bean
    Generator generator(@Value("${gander.run}") String run) { // as text: Spring takes a relative Path for one inside the jar
        Generator generator = Gander.open(Path.of(run));
        LOG.info("serving {} of step {}", run, generator.step());
        generator.images(1, 0); // the first call starts threads and loads classes; no visitor shall wait for that
        return generator;
    }

    @RestController
    static class Digits {
        private final Generator generator;

        Digits(Generator generator) {
            this.generator = generator;
        }

        @GetMapping(path = "/digit.png", produces = MediaType.IMAGE_PNG_VALUE)
        byte[] digit(@RequestParam(name = "seed", defaultValue = "7") long seed) throws IOException {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(generator.images(1, seed).get(0), "png", png);
            return png.toByteArray();
        }
    }
}
