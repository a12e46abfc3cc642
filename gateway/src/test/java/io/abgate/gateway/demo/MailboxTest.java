package io.abgate.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.abgate.gateway.client.Json;
import io.abgate.gateway.client.Prediction;
import io.abgate.registry.domain.Example;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final AtomicInteger answered = new AtomicInteger();
    private volatile int refused;
    private final FakeServer server = new FakeServer(this::answer);
    private final Mailbox mailbox = new Mailbox(server.client(), "mail");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aMailIsAskedForAsItIs() {
        Prediction prediction = mailbox.arrives(new Example("\"buy now é\"", "spam"));
        assertThat(prediction.id()).isEqualTo("id0");
        assertThat(prediction.label()).isEqualTo("ham");
        assertThat(server.requests.get(1))
                .startsWith("/v2/models/mail/infer ")
                .contains("\"data\":[\"buy now é\"]", "\"shape\":[1,1]");
    }

    @Test
    void labelsBecomeKnownTenAtATimeAndFiftyMailsLate() {
        arrive(59);
        assertThat(mailbox.hasLabels()).isFalse();
        arrive(1);
        assertThat(mailbox.hasLabels()).isTrue();
        mailbox.reportLabels();
        assertThat(mailbox.hasLabels()).isFalse();
        assertThat(reported()).containsExactly("id0", "id1", "id2", "id3", "id4", "id5", "id6", "id7", "id8", "id9");
        assertThat(mailbox.asked()).isEqualTo(60);
    }

    @Test
    void whatIsLeftAtTheEndIsReportedToo() {
        arrive(13);
        mailbox.reportLabels();
        assertThat(mailbox.hasLabelsLeft()).isTrue();
        mailbox.reportLabels();
        assertThat(mailbox.hasLabelsLeft()).isFalse();
        assertThat(reported()).containsExactly("id10", "id11", "id12");
    }

    @Test
    void aLabelThatIsNotTakenEndsTheStory() {
        arrive(2);
        refused = 1;
        assertThatThrownBy(mailbox::reportLabels)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("2 labels were reported, but: {\"accepted\":1");
    }

    private void arrive(int mails) {
        for (int i = 0; i < mails; i++) {
            mailbox.arrives(new Example("\"text\"", "ham"));
        }
    }

    /** The prediction ids of the newest report. */
    private List<String> reported() {
        String request = server.requests.get(server.requests.size() - 1);
        return Json.parse(request.substring(request.indexOf('{')))
                .orElseThrow()
                .path("feedback")
                .findValuesAsText("prediction_id");
    }

    private String answer(String path, String body) {
        if (path.endsWith("/infer")) {
            return "{\"model_version\":\"1\",\"outputs\":[{\"name\":\"label\",\"data\":[\"ham\"]},"
                    + "{\"name\":\"confidence\",\"data\":[0.5]},"
                    + "{\"name\":\"prediction_id\",\"data\":[\"id" + answered.getAndIncrement() + "\"]}]}";
        }
        if (path.endsWith("/feedback")) {
            int came = Json.parse(body).orElseThrow().path("feedback").size();
            return "{\"accepted\":" + (came - refused) + ",\"rejected\":[]}";
        }
        return "{\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[-1,1]}]}";
    }
}
