package io.gander.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** Progress: a bar that moves on a terminal, a plain line every ten seconds elsewhere. */
final class ProgressLine {
    private static final double BAR_EVERY_SECONDS = 0.1;
    private static final double LINE_EVERY_SECONDS = 10;
    private static final int WIDTH = 10; // characters

    private final PrintWriter out;
    private final Terminal terminal;
    private long shown = System.nanoTime();
    private boolean barStands;

    ProgressLine(PrintWriter out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether it is time to show something again. */
    boolean due() {
        return (System.nanoTime() - shown) / 1e9 >= (terminal.interactive() ? BAR_EVERY_SECONDS : LINE_EVERY_SECONDS);
    }

    /** Begins to count the time anew: the first line elsewhere comes after ten seconds. */
    void start() {
        shown = System.nanoTime();
    }

    /**
     * Shows how far it is.
     *
     * @param share 0 to 1
     * @param bar what stands behind the bar
     * @param line what is printed where there is no bar
     */
    void show(double share, String bar, String line) {
        shown = System.nanoTime();
        if (terminal.interactive()) {
            int full = (int) (share * WIDTH);
            String text = String.format(
                    Locale.ROOT, "%s%s %3.0f%% %s", "━".repeat(full), "─".repeat(WIDTH - full), 100 * share, bar);
            out.print("\r" + fit(text) + "\u001b[K");
            barStands = true;
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** Prints a sentence below what stands. */
    void say(String sentence) {
        end();
        out.println(sentence);
        out.flush();
    }

    /** Leaves the bar as it is; what comes next begins a line. */
    void end() {
        if (barStands) {
            out.println();
            barStands = false;
        }
    }

    private String fit(String text) {
        return text.length() < terminal.columns() ? text : text.substring(0, Math.max(1, terminal.columns() - 1));
    }

    /** Such as 4:05 or 1:00:00. */
    static String clock(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "?:??";
        }
        long s = Math.round(seconds);
        return s >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60);
    }
}
