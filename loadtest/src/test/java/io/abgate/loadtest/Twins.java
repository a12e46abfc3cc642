package io.abgate.loadtest;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Two processes with every role, a home each and the same keys, that share a database: one leads, one stands by. */
final class Twins implements AutoCloseable {
    private static final String KEYS = "token.keys";

    private final Path homes;
    private final Database database;
    private final Membership membership = Membership.of(2);
    private final List<Serving> both = new ArrayList<>();

    /** Starts the first, which leads, then the second. */
    Twins(Path homes, Database database) throws IOException {
        this.homes = homes;
        this.database = database;
        both.add(start(0).awaitSettled());
        Files.createDirectories(home(1));
        Files.copy(home(0).resolve(KEYS), home(1).resolve(KEYS));
        both.add(start(1).awaitSettled());
    }

    private Path home(int place) {
        return homes.resolve("home" + place);
    }

    private Serving start(int place) {
        List<String> settings = new ArrayList<>(database.settings());
        settings.addAll(membership.settings(place));
        return Serving.start(home(place), Sides.and(settings));
    }

    /** The one that has the lease, as the database says. */
    Serving leader() {
        return both.get(leads(0) ? 0 : 1);
    }

    /** The one that does not have it. */
    Serving other() {
        return both.get(leads(0) ? 1 : 0);
    }

    private boolean leads(int place) {
        return leads(both.get(place));
    }

    /** Whether this one has the lease. */
    boolean leads(Serving serving) {
        String holder = database.text("SELECT holder FROM lease");
        return holder.contains("process " + serving.process().pid() + ")");
    }

    /** Starts the one again that was ended. */
    void startAgain() {
        for (int place = 0; place < both.size(); place++) {
            if (!both.get(place).process().isAlive()) {
                both.set(place, start(place).awaitSettled());
            }
        }
        await().atMost(Serving.PATIENCE).until(() -> works(both.get(0)) && works(both.get(1)));
    }

    private static boolean works(Serving serving) throws IOException {
        return Sides.answers(serving.client())
                && GatewayClient.send(serving.client().admin("/models")).statusCode() == 200;
    }

    @Override
    public void close() {
        both.forEach(Serving::close);
    }
}
