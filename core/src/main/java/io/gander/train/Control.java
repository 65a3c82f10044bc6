package io.gander.train;

/** What others ask of a training, from any thread; the training looks after every round. One that is stopped stays so. */
public final class Control {
    /** What the training has to do next. */
    enum Order {
        STOP,
        SAMPLE,
        SAVE,
        PLAY
    }

    private boolean stopped;
    private boolean paused;
    private boolean sample;
    private boolean checkpoint;

    /** Ends the training after the round at work, with a checkpoint. */
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    public synchronized boolean stopped() {
        return stopped;
    }

    /** Lets the training wait after the round at work; that time does not count as training. */
    public synchronized void pause() {
        paused = true;
    }

    /** Ends a pause. */
    public synchronized void proceed() {
        paused = false;
        notifyAll();
    }

    public synchronized boolean paused() {
        return paused;
    }

    /** Asks for a sample grid between two rounds, also in a pause. */
    public synchronized void sampleNow() {
        sample = true;
        notifyAll();
    }

    /** Asks for a checkpoint between two rounds, also in a pause. */
    public synchronized void checkpointNow() {
        checkpoint = true;
        notifyAll();
    }

    /** For the training: what is asked, one thing after the other; waits while it is paused and nothing is. */
    synchronized Order next() {
        while (true) {
            if (stopped) {
                return Order.STOP;
            }
            if (sample) {
                sample = false;
                return Order.SAMPLE;
            }
            if (checkpoint) {
                checkpoint = false;
                return Order.SAVE;
            }
            if (!paused) {
                return Order.PLAY;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                stopped = true; // without the thread's mark, which would keep files from being written
            }
        }
    }
}
