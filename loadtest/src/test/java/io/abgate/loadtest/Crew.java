package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Applications, operators and a registrar who use the same model at once. */
final class Crew {
    private static final int APPLICATIONS = 3;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Random random;
    private final Ledger ledger = new Ledger(Sides.NAME);
    private final Registrar registrar;
    private final List<Application> applications = new ArrayList<>();
    private final List<Operator> operators;
    private final Queue<Throwable> surprises = new ConcurrentLinkedQueue<>();
    private volatile boolean over;
    private volatile @Nullable IOException broken;

    /** A crew that registers artifacts that are made from the first one here. */
    Crew(GatewayClient client, Random random) {
        this(client, random, false);
    }

    /** One whose applications may have to ask again, see {@link Application}. */
    Crew(GatewayClient client, Random random, boolean asksAgain) {
        this.random = random;
        registrar = new Registrar(client.get("/models/" + Sides.NAME + "/versions/1/artifact"));
        for (int i = 0; i < APPLICATIONS; i++) {
            applications.add(new Application(asksAgain));
        }
        operators = List.of(Operator.ofStages(registrar), Operator.ofAutomation());
    }

    /**
     * What was acknowledged.
     *
     * @param labels single labels
     * @param orders of operators
     */
    record Acknowledged(int labels, int versions, int orders) {
        Acknowledged plus(Acknowledged other) {
            return new Acknowledged(labels + other.labels, versions + other.versions, orders + other.orders);
        }
    }

    Acknowledged acknowledged() {
        return new Acknowledged(
                labels(),
                registrar.made(),
                operators.stream().mapToInt(Operator::done).sum());
    }

    /** Waits until so many more labels are acknowledged, while everybody works. */
    void awaitLabels(int more) {
        int enough = labels() + more;
        await().atMost(Serving.PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            assertThat(broken).as("a connection broke").isNull();
            assertThat(surprises).isEmpty();
            return labels() >= enough;
        });
    }

    int labels() {
        return applications.stream().mapToInt(Application::acknowledged).sum();
    }

    private int sent() {
        return applications.stream().mapToInt(Application::sent).sum();
    }

    private List<Client> everybody() {
        List<Client> everybody = new ArrayList<>(applications);
        everybody.addAll(operators);
        everybody.add(registrar);
        return everybody;
    }

    /** Has everybody work while this happens; they end with it, or with the process that they work at. */
    void worksWhile(GatewayClient client, Event event) throws IOException {
        broken = null;
        List<Thread> threads =
                everybody().stream().map(one -> employ(one, client)).toList();
        try {
            event.happens();
        } finally {
            over = true;
            threads.forEach(Crew::join);
            over = false;
        }
        assertThat(surprises).isEmpty();
    }

    private Thread employ(Client one, GatewayClient client) {
        Random own = new Random(random.nextLong());
        Thread thread = new Thread(() -> work(one, client, own));
        thread.start();
        return thread;
    }

    private void work(Client one, GatewayClient client, Random own) {
        try {
            while (!over) {
                one.next(client, own);
                if (!(one instanceof Application)) { // people are slower than programs
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (IOException e) {
            broken = e;
            over = true; // the process is gone, which is what this is about
        } catch (Throwable e) {
            surprises.add(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Sees to it that all that was acknowledged is there once, and the rest whole or not at all. */
    void check(GatewayClient client) throws IOException {
        assertThat(counted(client)).isBetween(labels(), sent());
        ledger.read(client);
        for (Client one : everybody()) {
            one.check(client, ledger);
        }
        assertThat(counted(client)).isEqualTo(sent());
        JsonNode report = client.model(Sides.NAME);
        assertThat(Ledger.stages(report)).isEqualTo(ledger.read(client).stages());
        Ledger.assertIntact(client);
    }

    /** As above, and has every label that was ever sent recognised. */
    void checkEverything(GatewayClient client) throws IOException {
        check(client);
        applications.forEach(application -> application.checkAllAgain(client));
    }

    /** Labels that a model's report has; its versions' figures have to have as many. */
    private static int counted(GatewayClient client) {
        JsonNode report = client.model(Sides.NAME);
        int counted = report.path("labels").path("accepted").asInt();
        int live = 0;
        for (JsonNode version : report.path("versions")) {
            live += version.path("live").path("labels").asInt();
        }
        assertThat(live).isEqualTo(counted);
        return counted;
    }
}
