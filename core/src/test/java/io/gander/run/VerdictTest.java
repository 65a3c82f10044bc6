package io.gander.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gander.run.Verdict.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    private static final long STEPS = 5000;

    private final List<Map<String, Double>> rows = new ArrayList<>();
    private final List<JsonNode> events = new ArrayList<>();

    private void row(long step, Map<String, Double> values) {
        Map<String, Double> row = new LinkedHashMap<>(values);
        row.put("step", (double) step);
        rows.add(row);
    }

    private void scores(int count, double real, double fake) {
        for (int i = 0; i < count; i++) {
            row(2000 + 10L * rows.size(), Map.of("d_real", real, "d_fake", fake));
        }
    }

    private void event(Map<String, Object> event) {
        events.add(new ObjectMapper().valueToTree(event));
    }

    private Verdict verdict() {
        Verdict verdict = Verdict.of(rows, events, STEPS);
        assertThat(verdict.reason()).matches("[A-Z].*\\.").doesNotContain("NaN");
        return verdict;
    }

    @Test
    void healthyWithTheNumbersItRestsOn() {
        row(1500, Map.of("diversity", 0.98, "covered", 1.0, "classes", 10.0));
        scores(10, 0.72, 0.28);
        assertThat(verdict())
                .isEqualTo(new Verdict(
                        Kind.HEALTHY,
                        "Samples differ 98 % as much as real examples do; they show 10 of the 10 kinds that the data has;"
                                + " D(x) − D(G(z)) is 0.44 (the alarm is above 0.95)."));
        assertThat(Kind.HEALTHY.words()).isEqualTo("Healthy");
    }

    @Test
    void healthyOnlyByTheNewestMeasurement() {
        row(1000, Map.of("diversity", 0.1, "covered", 0.2));
        row(1500, Map.of("diversity", 0.9, "covered", 0.9));
        row(1510, Map.of("loss_generator", 0.7)); // most rounds measure no samples
        event(Map.of("event", "warning", "step", 1000, "message", "the samples are alike."));
        event(Map.of("event", "warning", "message", "the data changed."));
        assertThat(verdict().kind()).isEqualTo(Kind.HEALTHY);
        assertThat(verdict().reason()).endsWith("; the warning of step 1,000 no longer holds.");
    }

    @Test
    void modesAreMissingWhereSamplesAreAlikeOrKindsLeftOut() {
        row(2000, Map.of("diversity", 0.35));
        assertThat(verdict())
                .isEqualTo(
                        new Verdict(Kind.MODES_MISSING, "The samples differ only 35 % as much as real examples do."));
        row(2100, Map.of("diversity", 0.9, "covered", 0.48, "modes", 12.0));
        assertThat(verdict())
                .isEqualTo(
                        new Verdict(Kind.MODES_MISSING, "The samples show only 12 of the 25 kinds that the data has."));
        assertThat(Kind.MODES_MISSING.words()).isEqualTo("Modes missing");
    }

    @Test
    void nothingShownIsNothing() {
        row(2000, Map.of("diversity", 0.9, "covered", 0.0, "modes", 0.0));
        assertThat(verdict().reason()).isEqualTo("The samples show only 0 % of the kinds that the data has.");
    }

    @Test
    void theDiscriminatorWinsOverTenLoggedRounds() {
        scores(9, 0.99, 0.01);
        assertThat(verdict().kind()).as("too few to say").isEqualTo(Kind.HEALTHY);
        scores(1, 0.99, 0.01);
        assertThat(verdict())
                .isEqualTo(
                        new Verdict(
                                Kind.DISCRIMINATOR_WINS,
                                "Over 10 logged steps D(x) − D(G(z)) is 0.98 on average: the generator gets almost no gradient."));
        assertThat(Kind.DISCRIMINATOR_WINS.words()).isEqualTo("The discriminator is winning");
        scores(10, 0.7, 0.3);
        assertThat(verdict().kind()).isEqualTo(Kind.HEALTHY);
    }

    /** Where both alarms hold, the cause is named first: a generator that gets no gradient shows few kinds. */
    @Test
    void theDiscriminatorsVictoryExplainsMissingModes() {
        row(2000, Map.of("diversity", 0.2, "covered", 0.1, "classes", 1.0));
        scores(10, 1, 0);
        assertThat(verdict())
                .isEqualTo(new Verdict(
                        Kind.DISCRIMINATOR_WINS,
                        "Over 10 logged steps D(x) − D(G(z)) is 1.00 on average: the generator gets almost no gradient;"
                                + " the samples show only 1 of the 10 kinds that the data has."));
    }

    /** Such as pix2pix's, whose discriminator is sure of most patches while the outputs get better. */
    @Test
    void aDiscriminatorOfPatchesMayBeSure() {
        scores(10, 0.99, 0.01);
        row(3000, Map.of("psnr", 21.0));
        assertThat(verdict()).isEqualTo(new Verdict(Kind.HEALTHY, "The outputs of a batch have 21.0 dB."));
        rows.remove(rows.size() - 1);
        row(3000, Map.of("loss_cycle", 0.1));
        assertThat(verdict().kind()).isEqualTo(Kind.HEALTHY);
    }

    @Test
    void divergedByTheEventOrByALossThatIsNoNumber() {
        row(20, Map.of("loss_generator", 0.7));
        event(Map.of("event", "diverged", "step", 30, "message", "the generator's loss became NaN at step 30"));
        Verdict told = Verdict.of(rows, events, STEPS);
        assertThat(told).isEqualTo(new Verdict(Kind.DIVERGED, "The generator's loss became NaN at step 30."));
        assertThat(Kind.DIVERGED.words()).isEqualTo("Diverged");

        events.clear();
        row(1230, Map.of("loss_generator", Double.POSITIVE_INFINITY));
        assertThat(verdict()).isEqualTo(new Verdict(Kind.DIVERGED, "Loss_generator is not a number at step 1,230."));
        row(1240, Map.of("loss_generator", 0.7, "diversity", Double.NaN));
        assertThat(verdict()).isEqualTo(new Verdict(Kind.DIVERGED, "The samples are not numbers at step 1,240."));
    }

    @Test
    void aMeasureThatIsNotDefinedIsNoDivergence() {
        row(2000, Map.of("fd", Double.NaN, "diversity", 0.9));
        assertThat(verdict().kind()).isEqualTo(Kind.HEALTHY);
    }

    @Test
    void theBeginningIsNotJudged() {
        assertThat(verdict().kind()).as("nothing measured").isEqualTo(Kind.EARLY);
        row(999, Map.of("diversity", 0.0, "covered", 0.0));
        assertThat(verdict())
                .isEqualTo(
                        new Verdict(Kind.EARLY, "A run is judged from step 1,000 on: every generator begins badly."));
    }

    @Test
    void aShortRunIsNotJudged() {
        row(60, Map.of("psnr", 13.0));
        assertThat(Verdict.of(rows, events, 60))
                .isEqualTo(new Verdict(
                        Kind.EARLY,
                        "A run is judged from step 500 on, and this one has 60: every generator begins badly."));
    }

    @ParameterizedTest
    @CsvSource({"5000, 1000", "12, 500", "2501, 501", "100000000, 20000000"})
    void judgedFromAFifthAndFiveHundredSteps(long steps, long from) {
        assertThat(Verdict.judgedFrom(steps)).isEqualTo(from);
    }

    @Test
    void aGameWithoutADiscriminatorHasItsLikeness() {
        row(2000, Map.of("psnr", 24.26));
        assertThat(verdict()).isEqualTo(new Verdict(Kind.HEALTHY, "The outputs of a batch have 24.3 dB."));
        rows.clear();
        row(2000, Map.of("loss_generator", 0.7));
        assertThat(verdict().reason()).isEqualTo("All losses are finite.");
    }
}
