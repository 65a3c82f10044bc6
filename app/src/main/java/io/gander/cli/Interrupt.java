package io.gander.cli;

import io.gander.train.Control;
import io.gander.train.Outcome;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C, made gentle: the training hears of it, saves, says how to go on, and only then does the process end. A process
 * that is being shut down must not call {@code System.exit}, hence {@link #exit}.
 */
final class Interrupt {
    /** After so long without an end, somebody who pressed Ctrl-C wonders. */
    private static final long SILENT_SECONDS = 15;

    /** What the shell gives for a program that Ctrl-C ended. */
    static final int STATUS = 130;

    private static final Control control = new Control();
    private static final CountDownLatch saved = new CountDownLatch(1);
    private static final AtomicBoolean watching = new AtomicBoolean();

    private Interrupt() {}

    /** From now on Ctrl-C (or a polite kill) waits for {@link #exit}. */
    static void watch() {
        if (watching.compareAndSet(false, true)) {
            Runtime.getRuntime().addShutdownHook(new Thread(Interrupt::waitForSave, "save-before-exit"));
        }
    }

    /** Is stopped when somebody presses Ctrl-C. */
    static Control control() {
        return control;
    }

    /** Whether somebody pressed Ctrl-C. */
    static boolean asked() {
        return control.stopped();
    }

    /** The exit status of a training. */
    static int status(Outcome outcome) {
        return outcome.end() == Outcome.End.STOPPED ? STATUS : 0;
    }

    /** However long a step takes: an engine that computes while the process takes it down crashes. */
    private static void waitForSave() {
        control.stop();
        try {
            if (!saved.await(SILENT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println(
                        "gander: stopping when the step or picture at work is done; kill -9 stops at once, without saving it.");
                saved.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void exit(int status) {
        System.out.flush();
        System.err.flush();
        release();
        if (!asked()) {
            System.exit(status);
        }
    }

    /** Everything is saved and said: the process may end whenever it wants to. */
    static void release() {
        saved.countDown();
    }
}
