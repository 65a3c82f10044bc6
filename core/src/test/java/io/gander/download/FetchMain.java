package io.gander.download;

import io.gander.error.UserError;
import io.gander.recipe.DataName;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A program that fetches one file as the set kmnist, with the network of its environment: to be killed, or to be two. */
final class FetchMain {
    private FetchMain() {}

    /** Arguments: the address, bytes, SHA-256, the folder of sets. Prints the bytes that are here, then "done". */
    public static void main(String[] args) {
        URI address = URI.create(args[0]);
        NamedFile file = new NamedFile("data.gz", List.of(address), Long.parseLong(args[1]), args[2]);
        NamedSet set = new NamedSet(DataName.KMNIST, List.of(1), "home", "terms", List.of(file), "");
        NamedSets sets = new NamedSets(List.of(set), Path.of(args[3]), Fetcher::real);
        try {
            sets.fetch(DataName.KMNIST, new DownloadListener() {
                @Override
                public void onProgress(String name, long done, long total, double perSecond) {
                    System.out.println(done);
                }

                @Override
                public void onWarning(String sentence) {
                    System.out.println(sentence);
                }
            });
            System.out.println("done");
        } catch (UserError e) {
            System.out.println("error: " + e.getMessage());
        }
    }
}
