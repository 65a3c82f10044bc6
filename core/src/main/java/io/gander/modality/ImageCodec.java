package io.gander.modality;

import io.gander.error.BrokenExample;
import io.gander.image.Bitmap;
import io.gander.image.Decoder;
import io.gander.image.JpegEncoder;
import io.gander.image.PngWriter;
import io.gander.image.Resize;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.recipe.DataRecipe.Pairs;
import io.gander.source.Content;
import io.gander.source.NumpyWriter;
import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Pictures as bytes, channel by channel, row by row; for networks [n, channels, height, width] in the range of {@code output}.
 *
 * @param output the range in which networks see and make them
 */
public record ImageCodec(Image image, Output output) implements Codec {
    private static final int THUMBNAIL = 96; // pixels
    private static final long FLIP = 2;
    private static final long COLOUR = 3;
    private static final Format PNG = new Format("png", false);
    private static final Format JPEG = new Format("jpg", false);

    /** All samples as float32 in 0…1, (n, channels, height, width): for whoever measures them. */
    private static final Format NPY = new Format("npy", true);

    @Override
    public String things() {
        return members() == 2 ? "pairs" : "pictures";
    }

    @Override
    public Shape shape() {
        return image.shape();
    }

    @Override
    public int members() {
        return image.pairs().together() ? 2 : 1;
    }

    @Override
    public int parts() {
        return image.preparation().parts();
    }

    @Override
    public String storage() {
        return image.preparation() + " " + image.pairs();
    }

    @Override
    public int bytes() {
        return image.preparation().bytes();
    }

    @Override
    public byte[] encode(List<Content> contents) throws BrokenExample {
        Preparation preparation = image.preparation();
        List<Bitmap> pictures = decode(contents, image.tiles() > 0 ? 0 : image.loadSize());
        preparation.check(pictures);
        return preparation.apply(pictures);
    }

    /** @param least a large picture may come out smaller, but its shorter side not below this; 0 for full size */
    private List<Bitmap> decode(List<Content> contents, int least) throws BrokenExample {
        if (image.pairs() == Pairs.SIDE_BY_SIDE) {
            return halves(decode(contents.get(0), 2 * least)); // a half may be narrower than the whole is high
        }
        List<Bitmap> pictures = new ArrayList<>();
        pictures.add(decode(contents.get(0), least));
        for (Content partner : contents.subList(1, contents.size())) {
            pictures.add(partner(partner, least));
        }
        return pictures;
    }

    /** Left and right of one picture, as in Pix2Pix's sets (Isola et al., 2017). */
    private static List<Bitmap> halves(Bitmap both) throws BrokenExample {
        if (both.width() <= both.height()) { // halves of 1:2 at most; most likely no pair at all
            throw new BrokenExample(
                    BrokenExample.Kind.NO_PARTNER,
                    "is not wider than high, so no pair side by side (data.pairs=by-name takes pairs in two folders)");
        }
        int half = both.width() / 2;
        return List.of(both.crop(0, 0, half, both.height()), both.crop(half, 0, half, both.height()));
    }

    private static Bitmap partner(Content partner, int least) throws BrokenExample {
        try {
            return decode(partner, least);
        } catch (BrokenExample e) {
            String name = partner instanceof Content.FileBytes file ? ", '" + file.name() + "'," : "";
            throw new BrokenExample(e.kind(), "has a partner" + name + " that " + e.getMessage());
        }
    }

    /**
     * A picture at its own size, or smaller.
     *
     * @param least its shorter side does not become smaller than this, pixels; 0 for full size
     */
    public static Bitmap decode(Content content, int least) throws BrokenExample {
        if (content instanceof Content.FileBytes file) {
            return Decoder.decode(file.bytes(), least);
        }
        Content.Numbers numbers = (Content.Numbers) content;
        if (!PictureArray.fits(numbers.sizes().stream().map(Integer::longValue).toList())) {
            throw new BrokenExample(BrokenExample.Kind.UNKNOWN_FORMAT, "does not have the shape of a picture");
        }
        return PictureArray.bitmap(numbers);
    }

    @Override
    public Inspection inspect(List<Content> contents) throws BrokenExample {
        List<Bitmap> pictures = decode(contents, 0);
        image.preparation().check(pictures);
        Preparation small = new Preparation(members(), image.channels(), THUMBNAIL, Resize.LANCZOS, 0);
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        List<BufferedImage> thumbnails = new ArrayList<>();
        for (Bitmap picture : pictures) {
            values.writeBytes(picture.pixels());
            thumbnails.add(small.square(picture, 0).toImage());
        }
        Bitmap first = pictures.get(0);
        return new Inspection(
                List.of(first.width(), first.height()), first.channels(), values.toByteArray(), thumbnails);
    }

    @Override
    public int takenBytes() {
        return planes() * image.size() * image.size();
    }

    private int planes() {
        return members() * image.channels();
    }

    /** A square of the pictures; both of a pair get the same. */
    @Override
    public void take(byte[] stored, byte[] target, int offset, SplittableRandom random) {
        int side = image.loadSize();
        int size = image.size();
        int room = side - size;
        if (room == 0) {
            System.arraycopy(stored, 0, target, offset, stored.length);
            return;
        }
        boolean anywhere = image.crop() == Image.Crop.RANDOM;
        int x = anywhere ? random.nextInt(room + 1) : room / 2;
        int y = anywhere ? random.nextInt(room + 1) : room / 2;
        for (int plane = 0; plane < planes(); plane++) {
            for (int row = 0; row < size; row++) {
                int from = (plane * side + y + row) * side + x;
                System.arraycopy(stored, from, target, offset + (plane * size + row) * size, size);
            }
        }
    }

    /** One picture of a stored example: its centre square. */
    public Bitmap bitmap(byte[] stored, int member) {
        int side = image.loadSize();
        int size = image.size();
        int offset = member * image.channels() * side * side;
        return Bitmap.ofPlanes(stored, offset, image.channels(), side, side)
                .crop((side - size) / 2, (side - size) / 2, size, size);
    }

    @Override
    public Tensor load(byte[] bytes, int n) {
        int side = (int) Math.round(Math.sqrt((double) bytes.length / n / planes()));
        return Tensor.ofPixels(bytes, output.low(), output.high(), n, planes(), side, side);
    }

    /** Mirrors and colours; both pictures of a pair get the same. */
    @Override
    public Tensor augment(Tensor batch, Draws draws) {
        Tensor result = batch;
        int n = (int) batch.shape()[0];
        if (image.flip()) {
            result = Transforms.flip(result, 3, coins(n, draws.at(FLIP).random()));
        }
        if (image.colourJitter() > 0) {
            double range = output.high() - output.low();
            Tensor unit = result.add(-output.low()).mul(1 / range); // 0…1
            result = colour(unit, n, draws.at(COLOUR).random()).mul(range).add(output.low());
        }
        return result;
    }

    /** [n, 1, 1, 1] of 0 and 1. */
    private static Tensor coins(int n, SplittableRandom random) {
        float[] coins = new float[n];
        for (int i = 0; i < n; i++) {
            coins[i] = random.nextInt(2);
        }
        return Transforms.each(coins, 4);
    }

    /** Brightness, then contrast, then saturation, each as in torchvision's {@code ColorJitter}. */
    private Tensor colour(Tensor batch, int n, SplittableRandom random) {
        Tensor bright = batch.mul(factors(n, random)).clamp(0, 1);
        Tensor contrast = factors(n, random);
        Tensor saturation = factors(n, random);
        int channels = image.channels();
        Tensor[] coloured = new Tensor[members()];
        for (int i = 0; i < coloured.length; i++) {
            Tensor picture = bright.narrow(1, (long) i * channels, channels);
            Tensor level = Transforms.grey(picture).mean(1, 2, 3);
            picture = blend(picture, level, contrast);
            coloured[i] = channels == 1 ? picture : blend(picture, Transforms.grey(picture), saturation);
        }
        return coloured.length == 1 ? coloured[0] : Tensor.concat(1, coloured);
    }

    private Tensor factors(int n, SplittableRandom random) {
        float[] factors = new float[n];
        for (int i = 0; i < n; i++) {
            factors[i] = (float) (1 + image.colourJitter() * (2 * random.nextDouble() - 1));
        }
        return Transforms.each(factors, 4);
    }

    /** factor · picture + (1 − factor) · towards. */
    private static Tensor blend(Tensor picture, Tensor towards, Tensor factor) {
        return towards.add(picture.sub(towards).mul(factor)).clamp(0, 1);
    }

    @Override
    public Codec plain() {
        return new ImageCodec(image.plain(), output);
    }

    @Override
    public ImageCodec within(Output range) {
        return new ImageCodec(image, range);
    }

    @Override
    public Tensor natural(Tensor made) {
        return output.unit(made);
    }

    @Override
    public List<BufferedImage> pictures(Tensor made) {
        long[] shape = made.shape();
        int channels = (int) shape[1];
        int height = (int) shape[2];
        int width = (int) shape[3];
        byte[] pixels = made.toPixels(output.low(), output.high());
        List<BufferedImage> pictures = new ArrayList<>();
        for (int i = 0; i < shape[0]; i++) {
            pictures.add(Bitmap.ofPlanes(pixels, i * channels * height * width, channels, height, width)
                    .toImage());
        }
        return pictures;
    }

    /** Smaller pictures are enlarged bicubically to the size of the largest. */
    @Override
    public BufferedImage preview(List<Tensor> columns) {
        Tensor largest = columns.stream()
                .max(Comparator.comparingLong(column -> column.shape()[2]))
                .orElseThrow();
        int height = (int) largest.shape()[2];
        int width = (int) largest.shape()[3];
        List<Tensor> alike = new ArrayList<>();
        for (Tensor column : columns) {
            alike.add(column.shape()[2] == height ? column : Resampling.bicubic(column, height, width));
        }
        return Codec.super.preview(alike);
    }

    @Override
    public List<Format> formats() {
        return List.of(PNG, JPEG, NPY);
    }

    @Override
    public byte[] file(Tensor made, Format format, Map<String, String> text) {
        if (format.equals(NPY)) {
            return NumpyWriter.of(natural(made).toArray(), made.shape());
        }
        BufferedImage picture = pictures(made).get(0);
        return format.equals(JPEG)
                ? JpegEncoder.withText(Bitmap.of(picture), JpegEncoder.USUAL_QUALITY, text)
                : PngWriter.encode(picture, text);
    }
}
