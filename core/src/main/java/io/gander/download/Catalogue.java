package io.gander.download;

import io.gander.recipe.DataName;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sets, their homes, and their SHA-256 with the place where each was published:
 *
 * <ul>
 *   <li>[T] TensorFlow Datasets, github.com/tensorflow/datasets, folder tensorflow_datasets/url_checksums: cifar10.txt,
 *       cifar100.txt, fashion_mnist.txt, kmnist.txt, cycle_gan.txt (commit 333639b), which also give the lengths. The
 *       numbers of pictures of the CycleGAN sets are those of its docs/catalog/cycle_gan.md.
 *   <li>[M] maps.tar.gz: the pointer for Git LFS in github.com/iapetos45/Generative-Adversarial-Network (commit 24da94f)
 *       and, independently, the file_hash of a Keras program that fetches it from the same home.
 *   <li>No SHA-256 of the other Pix2Pix archives was found. These are fetched over https only; what came first is
 *       remembered and must stay the same.
 * </ul>
 */
final class Catalogue {
    private static final String CITE = "no licence stated; its makers ask to be cited";
    private static final String IMAGENET = "pictures from ImageNet: research only, not commercial";
    private static final String FLICKR = "pictures from Flickr, each under its photographer's terms";
    private static final String ART =
            "paintings from WikiArt, photographs from Flickr under their photographers' terms";

    private Catalogue() {}

    static List<NamedSet> official() {
        List<NamedSet> sets = new ArrayList<>();
        sets.add(new NamedSet(
                DataName.MNIST,
                List.of(60_000),
                "http://yann.lecun.com/exdb/mnist/",
                "CC BY-SA 3.0; comes with Gander",
                List.of(),
                ""));
        sets.add(drawn(DataName.STACKED_MNIST, 128_000));
        sets.add(fashionMnist());
        sets.add(kmnist());
        sets.add(cifar(
                DataName.CIFAR_10,
                170_052_171,
                "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")); // [T]
        sets.add(cifar(
                DataName.CIFAR_100,
                168_513_733,
                "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec")); // [T]
        pix2pix(sets);
        cycleGan(sets);
        Arrays.stream(DataName.values())
                .filter(name -> name.kind().equals(DataName.RING.kind()) && !name.own())
                .forEach(name -> sets.add(drawn(name, 100_000)));
        return List.copyOf(sets);
    }

    /** What Gander makes itself. */
    private static NamedSet drawn(DataName name, int examples) {
        return new NamedSet(name, List.of(examples), "drawn by Gander", "as Gander's own", List.of(), "");
    }

    private static NamedSet fashionMnist() {
        List<String> homes = List.of(
                "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
                "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");
        return new NamedSet(
                DataName.FASHION_MNIST,
                List.of(60_000),
                "https://github.com/zalandoresearch/fashion-mnist",
                "MIT",
                List.of( // [T]
                        file(
                                homes,
                                "train-images-idx3-ubyte.gz",
                                26_421_880,
                                "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                        file(
                                homes,
                                "train-labels-idx1-ubyte.gz",
                                29_515,
                                "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                        file(
                                homes,
                                "t10k-images-idx3-ubyte.gz",
                                4_422_102,
                                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                        file(
                                homes,
                                "t10k-labels-idx1-ubyte.gz",
                                5_148,
                                "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
                "/usr/share/datasets/fashion-mnist"); // Debian's package dataset-fashion-mnist
    }

    private static NamedSet kmnist() {
        List<String> homes = List.of("http://codh.rois.ac.jp/kmnist/dataset/kmnist/");
        return new NamedSet(
                DataName.KMNIST,
                List.of(60_000),
                "http://codh.rois.ac.jp/kmnist/",
                "CC BY-SA 4.0: 'KMNIST Dataset' (created by CODH), adapted from 'Kuzushiji Dataset' (NIJL and others)",
                List.of( // [T]
                        file(
                                homes,
                                "train-images-idx3-ubyte.gz",
                                18_165_135,
                                "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4"),
                        file(
                                homes,
                                "train-labels-idx1-ubyte.gz",
                                29_497,
                                "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17"),
                        file(
                                homes,
                                "t10k-images-idx3-ubyte.gz",
                                3_041_136,
                                "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5"),
                        file(
                                homes,
                                "t10k-labels-idx1-ubyte.gz",
                                5_120,
                                "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c")),
                "");
    }

    private static NamedSet cifar(DataName name, long bytes, String sha256) {
        List<String> homes = List.of("https://www.cs.toronto.edu/~kriz/");
        return new NamedSet(
                name,
                List.of(50_000),
                "https://www.cs.toronto.edu/~kriz/cifar.html",
                CITE,
                List.of(file(homes, name.key() + "-binary.tar.gz", bytes, sha256)),
                "");
    }

    private static void pix2pix(List<NamedSet> sets) {
        sets.add(pix2pix(DataName.FACADES, 400, CITE + " (CMP Facade Database)", 30_168_306, null));
        sets.add(pix2pix(
                DataName.MAPS,
                1_096,
                "pictures from Google Maps, under Google's terms",
                250_242_400,
                "7519044b2725f55bc80e5a3db5d6f64f767a7b76421098c364c432ec82faf275")); // [M]
        // The lengths of these three are rounded, as their home's list of files gives them.
        sets.add(pix2pix(
                DataName.EDGES2SHOES,
                49_825,
                "pictures from UT Zappos50K: academic use only, not commercial",
                2_100_000_000L,
                null));
        sets.add(pix2pix(
                DataName.EDGES2HANDBAGS,
                138_567,
                "pictures from Amazon, collected for iGAN; no licence stated",
                8_600_000_000L,
                null));
        sets.add(pix2pix(DataName.NIGHT2DAY, 17_823, CITE + " (Transient Attributes Database)", 2_000_000_000L, null));
    }

    private static NamedSet pix2pix(DataName name, int pairs, String terms, long bytes, @Nullable String sha256) {
        List<String> homes = new ArrayList<>(List.of("https://efrosgans.eecs.berkeley.edu/pix2pix/datasets/"));
        if (sha256 != null) { // only what can be checked may come unprotected
            homes.add("http://efrosgans.eecs.berkeley.edu/pix2pix/datasets/");
        }
        return new NamedSet(
                name,
                List.of(pairs),
                "https://phillipi.github.io/pix2pix/",
                terms,
                List.of(file(homes, archive(name) + ".tar.gz", bytes, sha256)),
                "");
    }

    private static void cycleGan(List<NamedSet> sets) { // [T]
        sets.add(cycleGan(
                DataName.APPLE2ORANGE,
                List.of(995, 1_019),
                IMAGENET,
                78_456_409,
                "845a191e9af8926408ea597001cd03a452e3300a1f44a79fe329b3d59f6e3eb8"));
        sets.add(cycleGan(
                DataName.SUMMER2WINTER_YOSEMITE,
                List.of(1_231, 962),
                FLICKR,
                132_640_856,
                "167fe1726807a9d22bd106b4a6c0bd7953b688af924ac1bf967439c4961e49f9"));
        sets.add(cycleGan(
                DataName.HORSE2ZEBRA,
                List.of(1_067, 1_334),
                IMAGENET,
                116_867_962,
                "a74d9d392eecca9966b51287a76ca126af473d9de4f3e8fc0e9cda08fa1730a1"));
        sets.add(cycleGan(
                DataName.MONET2PHOTO,
                List.of(1_072, 6_287),
                ART,
                305_231_073,
                "88f91b00fc228f97c9411fbf1880ec1d119c98f1722e4cfcfaa2fb35fac05b04"));
        sets.add(cycleGan(
                DataName.CEZANNE2PHOTO,
                List.of(525, 6_287),
                ART,
                279_885_071,
                "3a6c10ca21f9485862f1cbd707744b9dc258954a04631271d23a3605eeb63cff"));
        sets.add(cycleGan(
                DataName.UKIYOE2PHOTO,
                List.of(562, 6_287),
                ART,
                292_946_532,
                "02a2a2fb5ecf425ca1bf86aca7304377da64a2a1d3b86df54eb65e4068bf3b08"));
        sets.add(cycleGan(
                DataName.VANGOGH2PHOTO,
                List.of(400, 6_287),
                ART,
                306_590_349,
                "362c3473e70be0944bda08d49d660eafdc2854df55d697835b8186d1d79caaff"));
        sets.add(cycleGan(
                DataName.IPHONE2DSLR_FLOWER,
                List.of(1_812, 3_325),
                FLICKR,
                339_964_458,
                "8fcb5e374d631b107e1d961b8c4cd0a186aa2a4ff3e279923f4c426128de7113"));
    }

    private static NamedSet cycleGan(DataName name, List<Integer> examples, String terms, long bytes, String sha256) {
        List<String> homes = List.of(
                "http://efrosgans.eecs.berkeley.edu/cyclegan/datasets/",
                "https://people.eecs.berkeley.edu/~taesung_park/CycleGAN/datasets/");
        return new NamedSet(
                name,
                examples,
                "https://junyanz.github.io/CycleGAN/",
                terms,
                List.of(file(homes, archive(name) + ".zip", bytes, sha256)),
                "");
    }

    /** Their makers write underscores where our keys have hyphens. */
    private static String archive(DataName name) {
        return name.key().replace('-', '_');
    }

    private static NamedFile file(List<String> homes, String name, long bytes, @Nullable String sha256) {
        return new NamedFile(
                name, homes.stream().map(home -> URI.create(home + name)).toList(), bytes, sha256);
    }
}
