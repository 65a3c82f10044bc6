package io.gander.download;

import io.gander.error.ShellCommand;
import io.gander.error.UserError;
import io.gander.file.CacheFolder;
import io.gander.file.Faults;
import io.gander.file.WholeFile;
import io.gander.tensor.PthReader;
import io.gander.tensor.Safetensors;
import io.gander.tensor.Safetensors.Array;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The weights of the network that perceptual losses look with, fetched from its makers and made into safetensors once. The
 * dense layers, seven eighths of the file, are left out.
 */
public final class FeatureWeights {
    /** What recipes call it. */
    public static final String NAME = "vgg19";

    private static final String FOLDER = "features";
    private static final String FILE = "vgg19.safetensors";

    /**
     * VGG19 (Simonyan and Zisserman, 2015), trained on ImageNet, from torchvision. Its name holds the beginning of its SHA-256;
     * the whole of it is published with its length by libraries of models that check it.
     */
    private static final NamedFile VGG19 = new NamedFile(
            "vgg19-dcbb9e9d.pth",
            List.of(URI.create("https://download.pytorch.org/models/vgg19-dcbb9e9d.pth")),
            574_673_361,
            "dcbb9e9dad569fff7a846263a77324fc34978fea2bfb039c012d710e1776ae44");

    private final NamedFile source;
    private final Shelf shelf;
    private final Supplier<Fetcher> fetcher;

    /**
     * Weights from elsewhere, for tests.
     *
     * @param folder which holds the source while it is needed, and the result
     */
    FeatureWeights(NamedFile source, Path folder, Supplier<Fetcher> fetcher) {
        this.source = source;
        this.shelf = new Shelf(new Wanted("the features vgg19", "the same command"), folder, List.of(source));
        this.fetcher = fetcher;
    }

    /**
     * VGG19's features as a safetensors file in the cache folder, without LPIPS's linear layers, which are not to be had there.
     * Fetched if they are not here: 575 MB, of which 80 MB are kept.
     *
     * @throws io.gander.error.UserError if they cannot be had, in one line that says how to get them otherwise
     */
    public static Path vgg19(DownloadListener listener) {
        return new FeatureWeights(VGG19, CacheFolder.root().resolve(FOLDER), Fetcher::real).get(listener);
    }

    /**
     * The file of a feature network that a recipe or a user names.
     *
     * @param named {@code vgg19}, or a path
     * @throws UserError if it is not there
     */
    public static Path place(String named) {
        Path file = named.equals(NAME) ? CacheFolder.root().resolve(FOLDER).resolve(FILE) : Path.of(named);
        if (Files.isRegularFile(file)) {
            return file;
        }
        throw new UserError(
                named.equals(NAME)
                        ? "the features of VGG19 are not here: fetch them with '" + ShellCommand.of("data", "get", NAME)
                                + "' (575 MB), or name a" + " safetensors file of your own."
                        : "there is no file '" + named + "' of a feature network: name a safetensors file, or vgg19.");
    }

    Path get(DownloadListener listener) {
        Path features = shelf.folder().resolve(FILE);
        if (Files.isRegularFile(features)) {
            return features;
        }
        boolean byHand = Files.isRegularFile(shelf.path(source));
        shelf.fetch(fetcher, listener);
        Path whole = shelf.path(source);
        Map<String, Array> arrays = PthReader.read(whole, name -> name.startsWith("features."));
        try {
            Map<String, String> facts = Map.of("source", source.homes().get(0).toString());
            WholeFile.write(features, beside -> Safetensors.writeArrays(beside, arrays, facts));
            if (!byHand) {
                Files.deleteIfExists(whole);
                Files.deleteIfExists(Checksums.memory(whole));
            }
        } catch (IOException e) {
            throw Faults.cannotWrite(features, e, "or " + CacheFolder.OTHERWISE);
        }
        return features;
    }
}
