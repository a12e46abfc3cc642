package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.CommandFailedException;
import io.abgate.gateway.client.Json;
import io.abgate.gateway.client.Resource;
import io.abgate.gateway.client.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Posts labels in their order from a thread of its own, because an answer comes only once they are stored; what has
 * gathered meanwhile goes together.
 */
final class LabelPost {
    private static final Label END = new Label("", "");
    private static final int LARGEST_BATCH = 500;
    private static final int TRIES = 10;
    private static final long RETRY_MILLIS = 500;

    private final Server data;
    private final Resource feedback;
    private final BlockingQueue<Label> due = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::postAll, "labels");
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile String trouble = "";

    /** What was true of a prediction. */
    record Label(String predictionId, String truth) {}

    LabelPost(Server data, String model) {
        this.data = data;
        this.feedback = Resource.inference(model, "feedback");
        thread.setDaemon(true);
        thread.start();
    }

    void post(Label label) {
        due.add(label);
    }

    int accepted() {
        return accepted.get();
    }

    /** The last thing that went wrong, empty if nothing did. */
    String trouble() {
        return trouble;
    }

    boolean isSound() {
        return trouble.isEmpty();
    }

    /** Waits until all labels are posted, or given up. */
    void finish() throws InterruptedException {
        due.add(END);
        thread.join();
    }

    private void postAll() {
        try {
            List<Label> batch = new ArrayList<>();
            for (Label first = due.take(); !first.equals(END); first = due.take()) {
                batch.clear();
                batch.add(first);
                due.drainTo(batch, LARGEST_BATCH);
                boolean isLast = batch.remove(END);
                send(batch, 1);
                if (isLast) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(List<Label> batch, int attempt) throws InterruptedException {
        try {
            count(data.post(feedback, body(batch)).json());
        } catch (CommandFailedException e) {
            if (e.isTemporary() && attempt < TRIES) {
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
                send(batch, attempt + 1);
            } else {
                trouble = String.valueOf(e.getMessage());
            }
        }
    }

    private void count(JsonNode result) {
        accepted.addAndGet(result.path("accepted").asInt());
        JsonNode refused = result.path("rejected").path(0).path("reason");
        if (refused.isTextual()) {
            trouble = refused.textValue();
        }
    }

    private static ObjectNode body(List<Label> batch) {
        ObjectNode body = Json.object();
        ArrayNode items = body.putArray("feedback");
        batch.forEach(label ->
                items.addObject().put("prediction_id", label.predictionId()).put("truth", label.truth()));
        return body;
    }
}
