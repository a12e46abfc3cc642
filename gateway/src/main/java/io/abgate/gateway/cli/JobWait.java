package io.abgate.gateway.cli;

import io.abgate.gateway.client.Answer;
import io.abgate.gateway.client.Resource;
import java.util.concurrent.TimeUnit;

/** Looks at a job until it has ended, and tells on the way how far it is. */
final class JobWait {
    private static final long POLL_MILLIS = 200;
    private static final long TOLD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Gateway gateway;
    private final Output output;
    private String told = "";
    private long toldNanos = System.nanoTime() - TOLD_NANOS;

    JobWait(Gateway gateway, Output output) {
        this.gateway = gateway;
        this.output = output;
    }

    /** The job as it ended, or waits for approval. */
    Answer ended(Answer accepted) throws InterruptedException {
        Resource job = Resource.admin("jobs", accepted.json().path("id").asText());
        Answer answer = accepted;
        while (!JobText.isEnded(answer.json())) {
            tell(answer);
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            answer = gateway.admin().get(job);
        }
        return answer;
    }

    private void tell(Answer answer) {
        long now = System.nanoTime();
        String text = JobText.sentence(answer.json());
        if (answer.json().path("epoch").isNumber() && now - toldNanos >= TOLD_NANOS && !text.equals(told)) {
            output.progress(text);
            told = text;
            toldNanos = now;
        }
    }
}
