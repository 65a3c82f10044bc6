package io.gander.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Gander;
import io.gander.Tiny;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import io.gander.train.Control.Order;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ControlTest {
    private final Control control = new Control();

    @Test
    void whatIsAskedIsDoneOnceAndAStopComesFirst() {
        assertThat(control.next()).isEqualTo(Order.PLAY);
        control.sampleNow();
        control.checkpointNow();
        control.sampleNow();
        assertThat(control.next()).isEqualTo(Order.SAMPLE);
        assertThat(control.next()).isEqualTo(Order.SAVE);
        assertThat(control.next()).isEqualTo(Order.PLAY);
        control.pause();
        control.sampleNow();
        control.stop();
        assertThat(control.next()).isEqualTo(Order.STOP);
        assertThat(control.next()).as("a stop stays").isEqualTo(Order.STOP);
    }

    /** As an executor does that is shut down. */
    @Test
    void anInterruptedTrainingStopsWithACheckpoint(@TempDir Path folder) {
        Recipe recipe = Tiny.mlp(Tiny.pictures(folder.resolve("pictures")));
        Outcome outcome = Gander.train(recipe, folder.resolve("run"), control, event -> {
            if (event instanceof Event.Stepped stepped && stepped.progress().step() == 5) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(Thread.interrupted()).as("the mark is set again").isTrue();
        assertThat(outcome.end()).isEqualTo(Outcome.End.STOPPED);
        assertThat(RunDirectory.open(outcome.run()).newestCheckpoint().step()).isEqualTo(5);
    }

    /** The round's numbers are those of a run that nobody disturbed. */
    @Test
    void aPausedTrainingWaitsWithoutWorkSamplesAndSavesAndGoesOnToTheSameBits(@TempDir Path folder) throws Exception {
        Recipe recipe = Tiny.mlp(Tiny.pictures(folder.resolve("pictures")));
        Path whole = Gander.train(recipe, folder.resolve("whole")).run();
        List<Event> events = new ArrayList<>();
        CountDownLatch paused = new CountDownLatch(1);
        CountDownLatch saved = new CountDownLatch(1);
        Path run = folder.resolve("run");
        Thread training = new Thread(() -> Gander.train(recipe, run, control, event -> {
            events.add(event);
            if (event instanceof Event.Stepped stepped && stepped.progress().step() == 5) {
                control.pause();
                paused.countDown();
            }
            if (event instanceof Event.CheckpointSaved checkpoint && checkpoint.step() == 5) {
                saved.countDown();
            }
        }));
        training.start();
        paused.await();
        while (training.getState() != Thread.State.WAITING) {
            assertThat(training.isAlive()).isTrue();
            Thread.sleep(1);
        }
        control.sampleNow();
        control.checkpointNow();
        saved.await();
        assertThat(control.paused()).isTrue();
        assertThat(RunDirectory.open(run).checkpointAt(5).step()).isEqualTo(5);
        assertThat(RunDirectory.open(run).samples())
                .extracting(RunDirectory::stepOf)
                .containsExactly(0L, 5L);
        control.proceed();
        training.join();

        assertThat(events).last().isInstanceOf(Event.Ended.class);
        String state = "checkpoints/step-00000012/state.safetensors";
        assertThat(run.resolve(state)).hasSameBinaryContentAs(whole.resolve(state));
    }

    @Test
    void aPauseDoesNotCountAsTraining() {
        Clock clock = new Clock(2, 1);
        clock.start();
        clock.skip(3_600_000_000_000L); // an hour, which has not passed yet
        assertThat(clock.seconds()).isLessThan(2);
    }
}
