package io.abgate.registry;

import io.abgate.registry.contract.Operation;
import io.abgate.registry.store.EventQuery;
import io.abgate.registry.store.StoredEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What gateways tell of overrides: kept once each, and shown while they run. */
final class Overrides {
    private static final int PAGE = 1_000;

    private final Books books;
    private final InstantSource clock;
    private final Map<String, Told> told = new LinkedHashMap<>();
    private boolean loaded;

    /** What was told of one override: that it began, that it ended, or both. */
    private record Told(String model, Overridden last, boolean began, boolean ended) {
        boolean has(String type) {
            return type.equals(Overridden.BEGAN) ? began : ended;
        }

        Told and(Overridden more) {
            boolean ends = more.type().equals(Overridden.ENDED);
            return new Told(model, ended ? last : more, began || !ends, ended || ends);
        }
    }

    Overrides(Books books, InstantSource clock) {
        this.books = books;
        this.clock = clock;
    }

    /** A gateway tells that an override began or ended; the same again changes nothing. */
    void reported(Operation operation) {
        Parameters parameters = Parameters.of(operation, "id", "node", "version", "from", "until", "ended", "reason");
        String model = books.state(operation.model()).settings().name();
        Overridden news = new Overridden(
                text(parameters, "id"),
                text(parameters, "node"),
                version(model, parameters),
                parameters.instant("from").toString(),
                parameters.instant("until").toString(),
                parameters.has("ended") ? parameters.instant("ended").toString() : null,
                parameters.text("reason", "an operator asked for it"));
        load();
        Told known = told.get(key(model, news));
        if (known != null && known.has(news.type())) {
            keepAnswer(operation);
            return;
        }
        loaded = false; // until it is known to be committed
        books.commit(operation, news);
        add(model, news);
        loaded = true;
    }

    private static String text(Parameters parameters, String name) {
        String text = parameters.text(name, "");
        Parameters.check(!text.isBlank(), name, text, "a name");
        return text;
    }

    private int version(String model, Parameters parameters) {
        long number = parameters.whole("version", 0);
        boolean known = number > 0 && number < books.state(model).nextVersion();
        Parameters.check(known, "version", number, "a version of " + model);
        return (int) number;
    }

    private void keepAnswer(Operation operation) {
        if (operation.idempotencyKey() != null) {
            books.write(transaction -> {
                Idempotency.keep(transaction, operation, 200, "");
                return operation;
            });
        }
    }

    private static String key(String model, Overridden one) {
        return model + " " + one.id();
    }

    private void add(String model, Overridden news) {
        told.merge(key(model, news), new Told(model, news, false, false).and(news), (known, one) -> known.and(news));
    }

    private void load() {
        if (loaded) {
            return;
        }
        told.clear();
        load(Overridden.BEGAN);
        load(Overridden.ENDED);
        loaded = true;
    }

    private void load(String type) {
        long after = 0;
        List<StoredEvent> page;
        do {
            page = books.store().events(new EventQuery(after, null, null, null, type, PAGE));
            for (StoredEvent event : page) {
                Changes.of(event).ifPresent(change -> add(event.model(), (Overridden) change));
                after = event.seq();
            }
        } while (page.size() == PAGE);
    }

    /** Overrides of a model that began and, as far as is known, go on. */
    JsonArray running(String model) {
        load();
        Instant now = clock.instant();
        JsonArray running = new JsonArray();
        told.values().stream()
                .filter(one -> one.model.equals(model) && !one.ended)
                .map(Told::last)
                .filter(one -> Instant.parse(one.until()).isAfter(now))
                .forEach(one -> running.add(new JsonObject()
                        .put("id", one.id())
                        .put("node", one.node())
                        .put("version", one.version())
                        .put("from", one.from())
                        .put("until", one.until())
                        .put("reason", one.reason())));
        return running;
    }
}
