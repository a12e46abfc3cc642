package io.abgate.gateway.inference;

import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.FakeModel;
import io.abgate.gateway.routing.Routes;
import io.abgate.model.HostedModels;
import io.abgate.model.HostedModels.Entry;
import io.abgate.model.ModelRuntime;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.Stage;
import org.junit.jupiter.api.Test;

class RuntimesTest {
    private static final RoutedVersion CHAMPION = version(1, Stage.CHAMPION, 1);

    private final HostedModels hosted = new HostedModels();
    private final Runtimes runtimes = new Runtimes(new Hosting(hosted, new Routes()));

    @Test
    void keepsOneRuntimeForAVersion() {
        hosted.add("mail", 1, new Entry(FakeModel.ofText("sha1"), 1));
        ModelRuntime first = runtimes.inline("mail", CHAMPION, 1).orElseThrow();
        assertThat(runtimes.inline("mail", CHAMPION, 7)).containsSame(first);
        runtimes.sweep();
        assertThat(runtimes.inline("mail", CHAMPION, 1)).containsSame(first);
    }

    @Test
    void makesANewOneWhenTheVersionIsLoadedAgain() {
        hosted.add("mail", 1, new Entry(FakeModel.ofText("sha1"), 1));
        ModelRuntime first = runtimes.inline("mail", CHAMPION, 1).orElseThrow();
        hosted.remove("mail", 1);
        assertThat(runtimes.inline("mail", CHAMPION, 1)).isEmpty();
        runtimes.sweep();
        hosted.add("mail", 1, new Entry(FakeModel.ofText("sha1"), 1));
        assertThat(runtimes.inline("mail", CHAMPION, 1).orElseThrow()).isNotSameAs(first);
    }

    @Test
    void leavesTheEventLoopWhenTheRowsWouldTakeTooLong() {
        hosted.add("mail", 1, new Entry(FakeModel.ofText("sha1"), Runtimes.INLINE_NANOS / 10));
        assertThat(runtimes.inline("mail", CHAMPION, 10)).isPresent();
        assertThat(runtimes.inline("mail", CHAMPION, 11)).isEmpty();
    }

    @Test
    void knowsNoVersionWithOtherBytes() {
        hosted.add("mail", 1, new Entry(FakeModel.ofText("other"), 1));
        assertThat(runtimes.inline("mail", CHAMPION, 1)).isEmpty();
    }
}
