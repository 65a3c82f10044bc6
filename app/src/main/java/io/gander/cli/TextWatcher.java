package io.gander.cli;

import io.gander.error.ShellCommand;
import io.gander.run.RunDirectory;
import io.gander.run.Verdict;
import io.gander.train.Event;
import io.gander.train.Outcome;
import io.gander.train.Progress;
import io.gander.train.TrainListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A progress bar on a terminal, a plain line every ten seconds elsewhere. */
final class TextWatcher implements TrainListener {
    /** The metrics that people are shown, with their formats. */
    private static final Map<String, String> SHOWN = new LinkedHashMap<>();

    static {
        SHOWN.put("loss_discriminator", "D %.3f");
        SHOWN.put("loss_generator", "G %.3f");
        SHOWN.put("loss_cycle", "cycle %.3f");
        SHOWN.put("d_real", "D(x) %.2f");
        SHOWN.put("d_fake", "D(G(z)) %.2f");
        SHOWN.put("psnr", "%.1f dB");
    }

    private final PrintWriter out;
    private final ProgressLine line;

    TextWatcher(PrintWriter out, Terminal terminal) {
        this.out = out;
        this.line = new ProgressLine(out, terminal);
    }

    @Override
    public void on(Event event) {
        if (event instanceof Event.Preparing preparing) {
            prepare(preparing.done(), preparing.total());
        } else if (event instanceof Event.Started started) {
            start(started);
        } else if (event instanceof Event.Stepped stepped) {
            step(stepped.progress());
        } else if (event instanceof Event.Warning warning) {
            line.say("warning: " + Terminal.plain(warning.sentence()));
        } else if (event instanceof Event.Ended ended) {
            end(ended.outcome());
        }
    }

    private void prepare(long done, long total) {
        if (!line.due()) {
            return;
        }
        String text = total < 0
                ? String.format(Locale.ROOT, "decoding examples: %,d", done)
                : String.format(Locale.ROOT, "decoding examples: %,d of %,d", done, total);
        line.show(total <= 0 ? 0 : (double) done / total, text, text);
    }

    /** No more is coming of what is shown: what is printed next begins a line. */
    void end() {
        line.end();
    }

    private void start(Event.Started started) {
        line.end();
        out.println(started.summary());
        out.println(
                started.step() == 0
                        ? "Training " + started.steps() + " steps; everything goes to " + started.run()
                        : started.step() == started.steps()
                                ? started.run() + " has done all its " + started.steps()
                                        + " steps: --steps N goes on to step N"
                                : "Going on in " + started.run() + " from step " + started.step() + " of "
                                        + started.steps());
        out.flush();
        line.start();
    }

    private void step(Progress progress) {
        boolean last = progress.step() == progress.steps();
        if (!last && !line.due()) {
            return;
        }
        String step = progress.step() + "/" + progress.steps() + "  " + facts(progress);
        line.show((double) progress.step() / progress.steps(), step, "step " + step);
    }

    /** Time left, losses, the mean of D(x) and D(G(z)), what the game measures besides, speed: in a narrow terminal the end is cut off. */
    private static String facts(Progress progress) {
        StringBuilder facts = new StringBuilder(ProgressLine.clock(progress.secondsLeft()) + " left  ");
        SHOWN.forEach((metric, format) -> {
            Double value = progress.metrics().get(metric);
            if (value != null) {
                facts.append(String.format(Locale.ROOT, format, value)).append("  ");
            }
        });
        return facts.append(String.format(Locale.ROOT, "%,.0f examples/s", progress.examplesPerSecond()))
                .toString();
    }

    private void end(Outcome outcome) {
        line.end();
        String took = ProgressLine.clock(outcome.seconds());
        Path run = outcome.run();
        switch (outcome.end()) {
            case FINISHED -> {
                out.println("Done: " + outcome.step() + " steps in " + took + ".");
                Verdict verdict = Verdict.of(RunDirectory.open(run), outcome.steps());
                out.println("  verdict:   " + verdict.kind().words() + ". " + verdict.reason());
                out.println("  look:      " + ShellCommand.quoted(run.resolve("report.html")));
                out.println(
                        outcome.translates()
                                ? "  use:       "
                                        + ShellCommand.of(
                                                "translate", run, "photo.jpg", "--out", "photo-translated.png")
                                : "  more:      " + ShellCommand.of("generate", run));
                if (outcome.translates()) {
                    out.println("  measure:   " + ShellCommand.of("evaluate", run));
                }
                out.println("  go on:     " + ShellCommand.of("resume", run, "--steps", 2 * outcome.steps()));
            }
            case OUT_OF_TIME ->
                out.println("Out of time after " + outcome.step() + " steps (" + took + "); saved. Go on: "
                        + ShellCommand.of("resume", run, "--set", "train.time=none"));
            case STOPPED ->
                out.println("Stopped after " + outcome.step() + " of " + outcome.steps() + " steps; saved. Go on: "
                        + ShellCommand.of("resume", run));
        }
        out.flush();
    }
}
