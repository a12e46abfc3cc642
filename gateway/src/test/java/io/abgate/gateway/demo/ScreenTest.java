package io.abgate.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.gateway.client.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final JsonNode JOB =
            Json.object().put("id", 3).put("epoch", 10).put("epochs", 40).put("loss", 0.25);

    private final StringWriter shown = new StringWriter();

    @Test
    void withoutATerminalOnlySentencesAreShown() {
        Screen screen = new Screen(new PrintWriter(shown), false);
        screen.progress(1, 2, score());
        screen.training(JOB);
        screen.event(1_234, "It happened.");
        assertThat(shown.toString().lines()).containsExactly("  mail 1,234  It happened.");
        assertThat(shown.toString()).doesNotContain("\r", "\033");
    }

    @Test
    void aSentenceTakesThePlaceOfTheLineThatChanges() {
        Screen screen = new Screen(new PrintWriter(shown), true);
        screen.progress(1, 2, score());
        screen.say("A sentence.");
        assertThat(shown.toString().lines().reduce((before, last) -> last)).contains("\033[KA sentence.");
        assertThat(shown.toString()).contains("served 100.0 % right, first version frozen 0.0 %");
    }

    @Test
    void theBarIsAsLongAsItsShare() {
        Screen screen = new Screen(new PrintWriter(shown), true);
        screen.training(JOB);
        assertThat(shown.toString())
                .contains(" " + "█".repeat(7) + "░".repeat(23) + " training 3: epoch 10 of 40, loss 0.2500");
        screen.progress(5_000, 4_162, score());
        assertThat(shown.toString()).contains(" " + "█".repeat(30) + " mail 5,000");
    }

    @Test
    void aJobThatHasNotBegunIsNotShown() {
        Screen screen = new Screen(new PrintWriter(shown), true);
        screen.training(Json.object().put("id", 3));
        screen.training(Json.object().path("job"));
        assertThat(shown.toString()).isEmpty();
    }

    private static Score score() {
        Score score = new Score(0);
        score.add(true, false);
        return score;
    }
}
