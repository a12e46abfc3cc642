package io.abgate.gateway.inference;

import static io.abgate.gateway.DataListener.textBody;
import static io.abgate.gateway.Models.table;
import static io.abgate.gateway.Models.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.abgate.gateway.DataListener;
import io.abgate.gateway.FakeModel;
import io.abgate.gateway.Models;
import io.abgate.model.Model;
import io.abgate.model.ModelRuntime;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.TensorSpec;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The loop that took a request asks its own runtime, while it is still looking at the request. */
@ExtendWith(VertxExtension.class)
class OwnLoopTest {
    private static final String INFER = "/v2/models/mail/infer";

    /** Whoever made a runtime, whoever asked it, and from where. */
    private static final class Witness implements Model {
        private final Model answers = FakeModel.ofText("sha1");
        private final Map<ModelRuntime, Set<Thread>> askedBy = new ConcurrentHashMap<>();
        private final Set<List<String>> callers = ConcurrentHashMap.newKeySet();

        @Override
        public ModelRuntime newRuntime() {
            ModelRuntime runtime = answers.newRuntime();
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            threads.add(Thread.currentThread());
            ModelRuntime watched = input -> {
                threads.add(Thread.currentThread());
                callers.add(StackWalker.getInstance().walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .toList()));
                return runtime.predict(input);
            };
            askedBy.put(watched, threads);
            return watched;
        }

        @Override
        public String format() {
            return answers.format();
        }

        @Override
        public List<String> labels() {
            return answers.labels();
        }

        @Override
        public TensorSpec input() {
            return answers.input();
        }

        @Override
        public byte[] artifact() {
            return answers.artifact();
        }

        @Override
        public String sha256() {
            return answers.sha256();
        }
    }

    @Test
    void everyRuntimeIsAskedByOneLoopWithinTheRequest(Vertx vertx) {
        Witness witness = new Witness();
        DataListener first = listener(vertx, witness);
        Vertx other = Vertx.vertx();
        DataListener second = listener(other, witness);

        IntStream.range(0, 40).parallel().forEach(i -> {
            assertThat(first.post(INFER, textBody("a")).statusCode()).isEqualTo(200);
            assertThat(second.post(INFER, textBody("a", "b")).statusCode()).isEqualTo(200);
        });
        other.close().await();

        assertThat(witness.askedBy).hasSize(2);
        assertThat(witness.askedBy.values()).allSatisfy(threads -> assertThat(threads)
                .singleElement()
                .satisfies(thread -> assertThat(thread.getName()).startsWith("vert.x-eventloop-thread")));
        assertThat(Set.copyOf(witness.askedBy.values())).hasSize(2);
        assertThat(witness.callers).isNotEmpty().allSatisfy(frames -> assertThat(frames)
                .contains(InferenceHandler.class.getName(), "io.vertx.core.http.impl.Http1xServerConnection"));
    }

    private static DataListener listener(Vertx vertx, Model model) {
        return new DataListener(vertx, Models.mail())
                .route(table(7, version(1, Stage.CHAMPION, 1)))
                .host("mail", 1, model);
    }
}
