package io.gander.cli;

import io.gander.download.DownloadListener;
import io.gander.download.FeatureWeights;
import io.gander.download.NamedSet;
import io.gander.download.NamedSets;
import io.gander.download.NamedSets.Place;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Downloads named data sets from their authors' servers into the cache folder."
                + " After Ctrl-C or a lost connection, the same command continues where it stopped.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DataGetCommand implements Callable<Integer> {
    private final Supplier<NamedSets>
            source; // not the sets: every command makes this object, and must start without them

    @Parameters(
            paramLabel = "NAME",
            arity = "1..*",
            description = "names from 'gander data list', or vgg19: the features of perceptual losses")
    List<String> names;

    @Mixin
    Answer answer;

    DataGetCommand() {
        this(NamedSets::official);
    }

    /** Gets from elsewhere, for tests. */
    DataGetCommand(Supplier<NamedSets> source) {
        this.source = source;
    }

    @Override
    public Integer call() {
        NamedSets sets = source.get();
        List<NamedSet> wanted = new ArrayList<>();
        List<String> asked = new ArrayList<>(names);
        boolean features = asked.removeIf(FeatureWeights.NAME::equals);
        for (String name : asked) { // a wrong name is known before the first hour of fetching
            wanted.add(DataCommand.find(sets, name));
        }
        PrintWriter out = answer.out();
        if (features) {
            fetchFeatures(out);
        }
        for (NamedSet set : wanted) {
            Place before = sets.place(set.name());
            if (answer.json) {
                JsonListener listener = new JsonListener(out, set.name().key());
                sets.fetch(set.name(), listener);
                listener.event("here", facts(sets, set, before));
            } else {
                TextListener listener = new TextListener(new ProgressLine(out, Terminal.detect()));
                sets.fetch(set.name(), listener);
                listener.line.say(sentence(sets, set, before));
            }
        }
        return 0;
    }

    private void fetchFeatures(PrintWriter out) {
        if (answer.json) {
            JsonListener listener = new JsonListener(out, FeatureWeights.NAME);
            listener.event("here", Map.of("file", FeatureWeights.vgg19(listener).toString()));
        } else {
            TextListener listener = new TextListener(new ProgressLine(out, Terminal.detect()));
            Path file = FeatureWeights.vgg19(listener);
            listener.line.say("vgg19 is here: " + file);
        }
    }

    private static Map<String, Object> facts(NamedSets sets, NamedSet set, Place before) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(
                "place", sets.place(set.name()).name().toLowerCase(Locale.ROOT).replace('_', '-'));
        facts.put("fetched", before == Place.NOWHERE);
        return facts;
    }

    private static String sentence(NamedSets sets, NamedSet set, Place before) {
        String key = set.name().key();
        return switch (before) {
            case BUILT_IN -> key + " comes with Gander.";
            case SYSTEM -> key + " is here already: the operating system has it in " + set.systemFolder() + ".";
            case CACHE -> key + " is here already, and whole: " + sets.folder(set.name());
            case NOWHERE -> key + " is here: " + sets.folder(set.name());
        };
    }

    private static final class TextListener implements DownloadListener {
        private final ProgressLine line;

        TextListener(ProgressLine line) {
            this.line = line;
        }

        @Override
        public void onProgress(String file, long done, long total, double perSecond) {
            if (!line.due() && done != total) {
                return;
            }
            double share = total > 0 ? Math.min(1, (double) done / total) : 0;
            String facts = file + "  " + DataCommand.size(done)
                    + (total < 0 ? "" : " of " + DataCommand.size(total)) + "  "
                    + String.format(Locale.ROOT, "%.1f MB/s", perSecond / 1e6)
                    + (total < 0 ? "" : "  " + ProgressLine.clock((total - done) / perSecond) + " left");
            line.show(share, facts, facts);
        }

        @Override
        public void onWhole(Path file, String sha256, boolean published) {
            line.say(file.getFileName() + ": SHA-256 " + sha256
                    + (published
                            ? ", as published"
                            : "; nobody has published one to compare with: it is remembered, and must stay so"));
        }

        @Override
        public void onWarning(String sentence) {
            line.say("warning: " + sentence);
        }
    }

    private static final class JsonListener implements DownloadListener {
        private static final double EVERY_SECONDS = 1;

        private final PrintWriter out;
        private final String set;
        private long shown = System.nanoTime();

        JsonListener(PrintWriter out, String set) {
            this.out = out;
            this.set = set;
        }

        void event(String name, Map<String, ?> facts) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", name);
            event.put("name", set);
            event.putAll(facts);
            out.println(Json.line(event));
            out.flush();
        }

        @Override
        public void onProgress(String file, long done, long total, double perSecond) {
            if (done != total && (System.nanoTime() - shown) / 1e9 < EVERY_SECONDS) {
                return;
            }
            shown = System.nanoTime();
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("file", file);
            facts.put("bytes", done);
            facts.put("total", total < 0 ? null : total);
            facts.put("bytes_per_second", perSecond);
            event("progress", facts);
        }

        @Override
        public void onWhole(Path file, String sha256, boolean published) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("file", file.toString());
            facts.put("sha256", sha256);
            facts.put("published", published);
            event("whole", facts);
        }

        @Override
        public void onWarning(String sentence) {
            event("warning", Map.of("message", sentence));
        }
    }
}
