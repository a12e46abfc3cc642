package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.gateway.client.Answer;
import io.abgate.gateway.client.CommandFailedException;
import io.abgate.gateway.client.Inputs;
import io.abgate.gateway.client.Json;
import io.abgate.gateway.client.Prediction;
import io.abgate.gateway.client.Resource;
import io.abgate.gateway.client.Server;
import io.abgate.registry.domain.Example;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/** Sends rows as an application would, one after the other, and says later what was true. */
final class Replay {
    private final Server data;
    private final String model;
    private final LabelPost labels;
    private final Pace pace;
    private final int labelDelay;
    private final Queue<LabelPost.Label> notYetKnown = new ArrayDeque<>();
    private volatile boolean stopped;

    Replay(Server data, String model, LabelPost labels, Pace pace, int labelDelay) {
        this.data = data;
        this.model = model;
        this.labels = labels;
        this.pace = pace;
        this.labelDelay = labelDelay;
    }

    /** Lets {@link #run} end after the row it is at; any thread may call this. */
    void stop() {
        stopped = true;
    }

    /** Plays rows until they end or {@link #stop} is called, then posts the labels that are left. */
    ReplayScore run(List<Example> rows, Consumer<ReplayScore> watcher) throws InterruptedException {
        Inputs inputs = Inputs.of(data.get(Resource.inference(model)).json());
        ReplayScore score = new ReplayScore();
        for (int i = 0; i < rows.size() && !stopped; i++) {
            pace.await(i);
            play(rows.get(i), inputs, score);
            postUntil(labelDelay);
            watcher.accept(score);
        }
        postUntil(0);
        labels.finish();
        return score;
    }

    private void play(Example row, Inputs inputs, ReplayScore score) {
        try {
            Prediction prediction = predict(inputs, row);
            score.add(prediction.version(), prediction.label().equals(row.truth()));
            notYetKnown.add(new LabelPost.Label(prediction.id(), row.truth()));
        } catch (CommandFailedException e) {
            if (!e.isTemporary()) {
                throw e;
            }
            score.addFailure();
        }
    }

    private Prediction predict(Inputs inputs, Example row) {
        JsonNode input = Json.parse(row.input()).orElseThrow();
        Answer answer = data.post(Resource.inference(model, "infer"), inputs.request(List.of(input), null));
        return Prediction.of(answer.json()).stream()
                .findFirst()
                .orElseThrow(() -> new CommandFailedException("the answer holds no label: " + answer.text()));
    }

    private void postUntil(int left) {
        while (notYetKnown.size() > left) {
            labels.post(notYetKnown.remove());
        }
    }
}
