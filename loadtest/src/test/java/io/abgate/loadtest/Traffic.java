package io.abgate.loadtest;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Applications that ask without pause until they are closed, and remember what they were not given. */
final class Traffic implements AutoCloseable {
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final List<Thread> applications = new ArrayList<>();
    private volatile boolean closed;

    /** One request of an application. */
    interface Request {
        HttpResponse<String> send() throws IOException;
    }

    private Traffic() {}

    /** Starts so many applications. */
    static Traffic of(int applications, Request request) {
        Traffic traffic = new Traffic();
        for (int i = 0; i < applications; i++) {
            Thread application = new Thread(() -> traffic.run(request));
            traffic.applications.add(application);
            application.start();
        }
        return traffic;
    }

    private void run(Request request) {
        while (!closed) {
            long start = System.nanoTime();
            try {
                HttpResponse<String> answer = request.send();
                if (answer.statusCode() != 200) {
                    failed.add(answer.statusCode() + " " + answer.body());
                }
            } catch (IOException e) {
                failed.add(e.toString());
            }
            slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
            asked.incrementAndGet();
        }
    }

    int asked() {
        return asked.get();
    }

    /** What came in place of an answer. */
    List<String> failed() {
        return List.copyOf(failed);
    }

    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    /** Ends when the last request has its answer. */
    @Override
    public void close() {
        closed = true;
        for (Thread application : applications) {
            try {
                application.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
