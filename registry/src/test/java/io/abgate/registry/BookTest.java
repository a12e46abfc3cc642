package io.abgate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.policy.Mail;
import io.abgate.registry.policy.ModelAdded;
import io.abgate.registry.policy.ModelFold;
import io.abgate.registry.policy.StateDigest;
import io.abgate.registry.store.LabelRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookTest {
    private final ModelSettings settings = Mail.SHIPPED.settings();

    @Test
    void oneThatGoesOnFromACheckpointIsTheSameWhenAClockWasSetBack() {
        Book whole = new Book(settings);
        new ModelAdded(1, 0).applyTo(whole.fold, 1);
        labelled(whole, 2, 100_000);
        Book resumed = new Book(
                new Checkpoints.Kept(2, ModelFold.restore(settings, whole.fold.snapshot()), whole.snapshot(1)));
        for (Book book : List.of(whole, resumed)) {
            labelled(book, 3, 40_000);
        }
        assertThat(StateDigest.of(whole.state.snapshot())).isEqualTo(StateDigest.of(resumed.state.snapshot()));
    }

    private static void labelled(Book book, long seq, long atMillis) {
        PredictionId id = new PredictionId(1, 0, 1, 1, 1, 0, .9f, 2, seq * 77, 1_000 + seq, seq);
        book.label(new LabelRow(seq, "mail", id, LabelRow.Kind.ACCEPTED, "ham", 1.0, atMillis, "app"));
        book.group();
    }
}
