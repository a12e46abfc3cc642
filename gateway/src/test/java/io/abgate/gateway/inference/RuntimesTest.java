package io.abgate.gateway.inference;

import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Tables;
import io.abgate.gateway.routing.Hosting;
import io.abgate.gateway.routing.Routes;
import io.abgate.model.HostedModels;
import io.abgate.model.HostedModels.Entry;
import io.abgate.model.ModelRuntime;
import io.abgate.model.Probe;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuntimesTest {
    private static final RoutedVersion CHAMPION = version(1, Stage.CHAMPION, 1);

    private final HostedModels hosted = new HostedModels();
    private final Runtimes runtimes = new Runtimes(new Hosting(hosted, new Routes(Tables.book())));

    @Test
    void keepsOneRuntimeForAVersion() {
        hosted.add("mail", 1, new Entry(FakeModel.ofText("sha1"), 1));
        ModelRuntime first = runtimes.inline("mail", CHAMPION, rows(1)).orElseThrow();
        assertThat(runtimes.inline("mail", CHAMPION, rows(7))).containsSame(first);
        runtimes.sweep();
        assertThat(runtimes.inline("mail", CHAMPION, rows(1))).containsSame(first);
    }

    @Test
    void makesANewOneWhenTheVersionIsLoadedAgain() {
        FakeModel model = FakeModel.ofText("sha1");
        hosted.add("mail", 1, new Entry(model, 1));
        ModelRuntime first = runtimes.inline("mail", CHAMPION, rows(1)).orElseThrow();
        hosted.remove("mail", 1, model);
        assertThat(runtimes.inline("mail", CHAMPION, rows(1))).isEmpty();
        runtimes.sweep();
        hosted.add("mail", 1, new Entry(FakeModel.ofText("sha1"), 1));
        assertThat(runtimes.inline("mail", CHAMPION, rows(1)).orElseThrow()).isNotSameAs(first);
    }

    @Test
    void leavesTheEventLoopWhenTheRowsWouldTakeTooLong() {
        hosted.add("mail", 1, new Entry(FakeModel.ofText("sha1"), Runtimes.INLINE_NANOS / 10));
        assertThat(runtimes.inline("mail", CHAMPION, rows(10))).isPresent();
        assertThat(runtimes.inline("mail", CHAMPION, rows(11))).isEmpty();
    }

    @Test
    void knowsNoVersionWithOtherBytes() {
        hosted.add("mail", 1, new Entry(FakeModel.ofText("other"), 1));
        assertThat(runtimes.inline("mail", CHAMPION, rows(1))).isEmpty();
    }

    @Test
    void keepsItWhateverShareTheVersionGets() {
        hosted.add("mail", 1, new Entry(FakeModel.ofText("sha1"), 1));
        ModelRuntime first = runtimes.inline("mail", CHAMPION, rows(1)).orElseThrow();
        assertThat(runtimes.inline("mail", version(1, Stage.STANDBY, 0.3), rows(1)))
                .containsSame(first);
    }

    @Test
    void leavesTheEventLoopForALongText() {
        hosted.add("mail", 1, new Entry(FakeModel.ofText("sha1"), Runtimes.INLINE_NANOS / 10));
        String[] text = {"x".repeat(11 * Probe.ROW_CHARACTERS)};
        assertThat(runtimes.inline("mail", CHAMPION, Tensor.ofStrings("text", List.of(1L), text)))
                .isEmpty();
    }

    private static Tensor rows(int rows) {
        String[] texts = new String[rows];
        Arrays.fill(texts, "a");
        return Tensor.ofStrings("text", List.of((long) rows), texts);
    }
}
