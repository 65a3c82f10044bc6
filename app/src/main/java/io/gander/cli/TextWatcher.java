package io.gander.cli;

import io.gander.train.Outcome;
import io.gander.train.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** A progress bar on a terminal, a plain line every ten seconds elsewhere. */
final class TextWatcher implements Watcher {
    private static final double BAR_EVERY_SECONDS = 0.1;
    private static final double LINE_EVERY_SECONDS = 10;

    private final PrintWriter out;
    private final Terminal terminal;
    private long shown;
    private boolean barStands;

    TextWatcher(PrintWriter out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void onStart(String summary, Path run, long from, long steps) {
        out.println(summary);
        out.println(
                from == 0
                        ? "Training " + steps + " steps; everything goes to " + run
                        : "Going on in " + run + " from step " + from + " of " + steps);
        out.flush();
        shown = System.nanoTime();
    }

    @Override
    public void onStep(Progress progress) {
        double since = (System.nanoTime() - shown) / 1e9;
        boolean last = progress.step() == progress.steps();
        if (!last && since < (terminal.interactive() ? BAR_EVERY_SECONDS : LINE_EVERY_SECONDS)) {
            return;
        }
        shown = System.nanoTime();
        if (terminal.interactive()) {
            out.print("\r" + fit(bar(progress)) + "\u001b[K");
            barStands = true;
        } else {
            out.println(line(progress));
        }
        out.flush();
    }

    private String fit(String text) {
        return text.length() < terminal.columns() ? text : text.substring(0, Math.max(1, terminal.columns() - 1));
    }

    private static String bar(Progress progress) {
        int width = 10;
        double share = (double) progress.step() / progress.steps();
        int full = (int) (share * width);
        return String.format(
                Locale.ROOT,
                "%s%s %3.0f%% %d/%d  %s",
                "━".repeat(full),
                "─".repeat(width - full),
                100 * share,
                progress.step(),
                progress.steps(),
                facts(progress));
    }

    private static String line(Progress progress) {
        return String.format(Locale.ROOT, "step %d/%d  %s", progress.step(), progress.steps(), facts(progress));
    }

    /** Losses, the mean of D(x) and D(G(z)), speed, time left. */
    private static String facts(Progress progress) {
        return String.format(
                Locale.ROOT,
                "D %.3f  G %.3f  D(x) %.2f  D(G(z)) %.2f  %,.0f img/s  %s left",
                progress.metrics().getOrDefault("loss_discriminator", Double.NaN),
                progress.metrics().getOrDefault("loss_generator", Double.NaN),
                progress.metrics().getOrDefault("d_real", Double.NaN),
                progress.metrics().getOrDefault("d_fake", Double.NaN),
                progress.imagesPerSecond(),
                clock(progress.secondsLeft()));
    }

    private static String clock(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "?:??";
        }
        long s = Math.round(seconds);
        return s >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60);
    }

    @Override
    public void onWarning(String sentence) {
        endBar();
        out.println("warning: " + sentence);
        out.flush();
    }

    private void endBar() {
        if (barStands) {
            out.println();
            barStands = false;
        }
    }

    @Override
    public void onEnd(Outcome outcome) {
        endBar();
        String took = clock(outcome.seconds());
        Path run = outcome.run();
        switch (outcome.end()) {
            case FINISHED -> {
                out.println("Done: " + outcome.step() + " steps in " + took + ".");
                out.println("  look:      " + run.resolve("report.html"));
                out.println("  more:      gander generate " + run);
                out.println("  go on:     gander resume " + run + " --steps " + 2 * outcome.steps());
            }
            case OUT_OF_TIME ->
                out.println("Out of time after " + outcome.step() + " steps (" + took
                        + "); saved. Go on: gander resume " + run + " --set train.time=none");
            case STOPPED ->
                out.println("Stopped after " + outcome.step() + " of " + outcome.steps()
                        + " steps; saved. Go on: gander resume " + run);
        }
        out.flush();
    }
}
