package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Asks for predictions and reports what was true, a label alone or several at once. */
final class Application implements Client {
    private static final int LARGEST_BATCH = 20;
    private static final int AT_ONCE = 1_000;

    /** Counted while it grows. */
    private final Queue<Labels> acknowledged = new ConcurrentLinkedQueue<>();

    private final boolean asksAgain;
    private final List<Labels> unanswered = new ArrayList<>();
    private final List<Labels> settled = new ArrayList<>();

    /** One that has every prediction answered. */
    Application() {
        this(false);
    }

    /**
     * An application.
     *
     * @param asksAgain whether it takes it that nobody answers for a moment, as while a cluster that was split knows of
     *     versions that only the other side has loaded
     */
    Application(boolean asksAgain) {
        this.asksAgain = asksAgain;
    }

    /** Labels of one request: committed together or not at all. */
    private record Labels(List<String> ids, List<String> truths) {
        int size() {
            return ids.size();
        }

        HttpRequest.Builder to(GatewayClient client) {
            return client.data("/v2/models/" + Sides.NAME + "/feedback").POST(GatewayClient.body(body()));
        }

        private ObjectNode body() {
            ObjectNode body = GatewayClient.object();
            if (ids.size() == 1) {
                return body.put("prediction_id", ids.get(0)).put("truth", truths.get(0));
            }
            ArrayNode items = body.putArray("feedback");
            for (int i = 0; i < ids.size(); i++) {
                items.addObject().put("prediction_id", ids.get(i)).put("truth", truths.get(i));
            }
            return body;
        }
    }

    @Override
    public void next(GatewayClient to, Random random) throws IOException {
        report(to, random);
    }

    /** Predicts some points and reports their truths; gives what is answered to that: 200 or 503. */
    HttpResponse<String> report(GatewayClient to, Random random) throws IOException {
        int size = random.nextBoolean() ? 1 : 1 + random.nextInt(LARGEST_BATCH);
        List<Sides.Point> points =
                Stream.generate(() -> Sides.Point.random(random)).limit(size).toList();
        HttpResponse<String> predicted = GatewayClient.send(Sides.infer(to, points));
        if (asksAgain && predicted.statusCode() == 503) {
            return predicted;
        }
        assertThat(predicted.statusCode()).as(predicted.body()).isEqualTo(200);
        Labels labels = new Labels(
                Sides.ids(GatewayClient.json(predicted.body())),
                points.stream().map(Sides.Point::truth).toList());
        return report(to, labels);
    }

    private HttpResponse<String> report(GatewayClient to, Labels labels) throws IOException {
        unanswered.add(labels);
        HttpResponse<String> response = GatewayClient.send(labels.to(to));
        if (response.statusCode() == 503) {
            return response; // perhaps committed: looked at later, as one that was not answered
        }
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(accepted(response)).as(response.body()).isEqualTo(labels.size());
        unanswered.remove(labels);
        acknowledged.add(labels);
        return response;
    }

    private static int accepted(HttpResponse<String> response) {
        return GatewayClient.json(response.body()).path("accepted").asInt();
    }

    @Override
    public void check(GatewayClient at, Ledger ledger) {
        assertThatAllAreKnown(at, acknowledged);
        for (Labels labels : unanswered) {
            JsonNode again = GatewayClient.good(labels.to(at));
            assertThat(again.path("accepted").asInt()).as(again.toString()).isIn(0, labels.size());
            assertThat(again.path("accepted").asInt() + again.path("duplicate").asInt())
                    .as(again.toString())
                    .isEqualTo(labels.size());
        }
        settled.addAll(acknowledged);
        settled.addAll(unanswered);
        acknowledged.clear();
        unanswered.clear();
    }

    /** Sends all again that were ever sent: every one has to be known. */
    void checkAllAgain(GatewayClient at) {
        assertThatAllAreKnown(at, settled);
    }

    /** Sends what was acknowledged again, to a process that may or may not know of it; everything has to be taken. */
    void sendAgain(GatewayClient at) {
        for (Labels labels : acknowledged) {
            JsonNode again = GatewayClient.good(labels.to(at));
            assertThat(again.path("accepted").asInt() + again.path("duplicate").asInt())
                    .as(again.toString())
                    .isEqualTo(labels.size());
        }
    }

    private static void assertThatAllAreKnown(GatewayClient at, Collection<Labels> known) {
        List<String> ids = known.stream().flatMap(one -> one.ids.stream()).toList();
        List<String> truths = known.stream().flatMap(one -> one.truths.stream()).toList();
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            int to = Math.min(ids.size(), from + AT_ONCE);
            JsonNode again = at.feedback(Sides.NAME, ids.subList(from, to), truths.subList(from, to));
            assertThat(again.path("duplicate").asInt()).as(again.toString()).isEqualTo(to - from);
        }
    }

    /** Labels that were answered for. */
    int acknowledged() {
        return count(settled) + count(acknowledged);
    }

    /** Labels that were sent. */
    int sent() {
        return acknowledged() + count(unanswered);
    }

    private static int count(Collection<Labels> requests) {
        return requests.stream().mapToInt(Labels::size).sum();
    }
}
