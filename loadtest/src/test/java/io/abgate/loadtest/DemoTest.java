package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo tells its whole story, with the gain that it promises. */
class DemoTest {
    private static final Pattern TOTAL =
            Pattern.compile("(?m)^  1,500 – 5,662 +([0-9.]+) % +([0-9.]+) % +\\+([0-9.]+) points$");
    private static final Pattern FLIPPED = Pattern.compile("Version (\\d+) went into canary: the operator trusts it");
    /** A sentence that is not indented is none of the story's. */
    private static final Pattern NOT_OF_THE_STORY = Pattern.compile("(?m)^(?!  ).+$");

    private static ChildProcess demo;
    private static int exitCode;

    @BeforeAll
    static void play() {
        demo = ChildProcess.start("demo", "--fast");
        exitCode = demo.awaitExit(Duration.ofMinutes(2));
    }

    @AfterAll
    static void end() {
        demo.close();
    }

    @Test
    void endsWell() {
        assertThat(exitCode).isZero();
        assertThat(demo.out()).contains("Every act happened.");
    }

    @Test
    void servesSevenPointsBetterThanTheFirstVersionFrozen() {
        Matcher total = TOTAL.matcher(demo.out());
        assertThat(total.find()).as(demo.out()).isTrue();
        double served = Double.parseDouble(total.group(1));
        double frozen = Double.parseDouble(total.group(2));
        assertThat(served - frozen).isGreaterThanOrEqualTo(7);
    }

    @Test
    void servesWellAlthoughNothingIsPromotedWithoutProof() {
        Matcher total = TOTAL.matcher(demo.out());
        assertThat(total.find()).as(demo.out()).isTrue();
        // copies and canaries are drawn by chance, so that the runs differ; the first version alone is right of 84.6 %
        assertThat(Double.parseDouble(total.group(1))).isGreaterThanOrEqualTo(92);
    }

    @Test
    void promotesARetrainedVersion() {
        assertThat(demo.out())
                .containsPattern(
                        "Version (?!1 )\\d+ became champion: proven (better|less than [0-9.]+ points worse) on \\d+ labelled keys");
    }

    @Test
    void rejectsTheHarmfulRetraining() {
        assertThat(demo.out())
                .containsPattern("Training \\d+ was ordered: an operator's experiment at rate 5.0")
                .containsPattern("Version \\d+ was rejected: .*post-training accuracy fell");
    }

    @Test
    void rollsTheFlippedVersionBack() {
        Matcher flipped = FLIPPED.matcher(demo.out());
        assertThat(flipped.find()).as(demo.out()).isTrue();
        assertThat(demo.out())
                .contains("Version " + flipped.group(1) + " was rolled back: less accurate than champion");
    }

    @Test
    void printsTheStoryAndNothingElse() {
        assertThat(demo.err()).isEmpty();
        assertThat(demo.out()).doesNotContainPattern(NOT_OF_THE_STORY).doesNotContain("\u001b", "Exception");
    }
}
