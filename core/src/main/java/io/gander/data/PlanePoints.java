package io.gander.data;

import io.gander.error.UserError;
import io.gander.file.Faults;
import io.gander.file.Sha256;
import io.gander.modality.Codec;
import io.gander.modality.Point;
import io.gander.recipe.DataName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Points of the plane, on which a GAN can be watched: drawn once, always the same, or a user's own. */
final class PlanePoints implements Dataset {
    /** As many as PacGAN trains with. */
    private static final int COUNT = 100_000;

    private static final long SEED = 2018;
    private static final Codec POINT = new Point();
    private static final int SIZE = POINT.bytes();
    /** Numbers of a line are told apart by any of these, even where the heading has another. */
    private static final Pattern SEPARATORS = Pattern.compile("[;\t ]");

    private final String name;
    private final byte[] bytes;
    private final int[] classes;
    private final List<String> labels;

    private PlanePoints(String name, float[] xy, int[] classes, List<String> labels) {
        this.name = name;
        this.bytes = Point.bytes(xy);
        this.classes = classes;
        this.labels = labels;
    }

    /** One of the sets that are drawn. */
    static Dataset drawn(DataName name) {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] xy = new float[2 * COUNT];
        Mixture mixture = Mixture.of(name);
        if (mixture != null) {
            return mixture(name, mixture, xy, random);
        }
        for (int i = 0; i < COUNT; i++) {
            point(name, random, xy, 2 * i);
        }
        return new PlanePoints(name.key(), xy, new int[0], List.of());
    }

    private static Dataset mixture(DataName name, Mixture mixture, float[] xy, SplittableRandom random) {
        int modes = mixture.centres().size();
        int[] classes = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            classes[i] = random.nextInt(modes);
            Mixture.Centre centre = mixture.centres().get(classes[i]);
            xy[2 * i] = (float) (centre.x() + mixture.sigma() * random.nextGaussian());
            xy[2 * i + 1] = (float) (centre.y() + mixture.sigma() * random.nextGaussian());
        }
        List<String> labels =
                IntStream.range(0, modes).mapToObj(i -> "mode-" + i).toList();
        return new PlanePoints(name.key(), xy, classes, labels);
    }

    private static void point(DataName name, SplittableRandom random, float[] xy, int at) {
        double u = random.nextDouble();
        double v = random.nextDouble();
        switch (name) {
            case SWISS_ROLL -> {
                double turn = 1.5 * Math.PI * (1 + 2 * u);
                put(xy, at, turn * Math.cos(turn) / 10, turn * Math.sin(turn) / 10, 0.02, random);
            }
            case MOONS -> {
                double angle = Math.PI * u;
                boolean upper = v < 0.5;
                double x = upper ? Math.cos(angle) - 0.5 : 0.5 - Math.cos(angle);
                double y = upper ? Math.sin(angle) - 0.25 : 0.25 - Math.sin(angle);
                put(xy, at, x, y, 0.05, random);
            }
            case CHECKERBOARD -> {
                int column = random.nextInt(4);
                int row = 2 * random.nextInt(2) + column % 2;
                put(xy, at, column + u - 2, row + v - 2, 0, random);
            }
            case PARABOLA -> put(xy, at, 2 * u - 1, (2 * u - 1) * (2 * u - 1), 0, random);
            default -> throw new IllegalArgumentException(name.key() + " is not drawn");
        }
    }

    private static void put(float[] xy, int at, double x, double y, double sigma, SplittableRandom random) {
        xy[at] = (float) (x + sigma * random.nextGaussian());
        xy[at + 1] = (float) (y + sigma * random.nextGaussian());
    }

    /**
     * The points of a CSV file: x and y a line, with or without a heading.
     *
     * @throws UserError if a line holds anything else
     */
    static Dataset read(Path file) {
        try (CSVParser lines = CSVParser.parse(commas(file), CSVFormat.RFC4180)) {
            List<Float> xy = new ArrayList<>();
            for (CSVRecord line : lines) {
                boolean heading = lines.getRecordNumber() == 1 && !isPoint(line);
                boolean blank = fields(line).isEmpty();
                if (!heading && !blank) {
                    add(file, lines.getCurrentLineNumber(), line, xy);
                }
            }
            if (xy.isEmpty()) {
                throw UserError.about("data.path", "there is no point in '" + file + "'; write an x and a y a line.");
            }
            float[] points = new float[xy.size()];
            for (int i = 0; i < points.length; i++) {
                points[i] = xy.get(i);
            }
            return new PlanePoints(String.valueOf(file.getFileName()), points, new int[0], List.of());
        } catch (IOException | UncheckedIOException e) {
            throw UserError.about(
                    "data.path",
                    "cannot read '" + file + "' (" + Faults.why(e) + "): it must be a CSV file of x and y.",
                    e);
        }
    }

    private static String commas(Path file) throws IOException {
        return SEPARATORS.matcher(Files.readString(file)).replaceAll(",");
    }

    private static List<String> fields(CSVRecord line) {
        return line.stream()
                .map(String::strip)
                .filter(field -> !field.isEmpty())
                .toList();
    }

    private static boolean isPoint(CSVRecord line) {
        List<String> fields = fields(line);
        return fields.size() == 2 && fields.stream().allMatch(field -> field.matches("[-+.\\dEe]+"));
    }

    private static void add(Path file, long number, CSVRecord line, List<Float> xy) {
        List<String> fields = fields(line);
        try {
            if (fields.size() != 2) {
                throw new NumberFormatException("not two fields");
            }
            for (String field : fields) {
                float value = Float.parseFloat(field);
                if (!Float.isFinite(value)) {
                    throw new NumberFormatException("not in the plane");
                }
                xy.add(value);
            }
        } catch (NumberFormatException e) {
            throw new UserError(
                    file + ":" + number + ": '" + String.join(",", fields)
                            + "' is not a point; write two numbers, such as" + " 0.5,-1.2.",
                    e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int count() {
        return bytes.length / SIZE;
    }

    @Override
    public Codec codec() {
        return POINT;
    }

    @Override
    public void read(int index, byte[] target, int offset) {
        System.arraycopy(bytes, index * SIZE, target, offset, SIZE);
    }

    @Override
    public String fingerprint() {
        return Sha256.of(bytes);
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public int label(int index) {
        return classes.length == 0 ? -1 : classes[index];
    }
}
