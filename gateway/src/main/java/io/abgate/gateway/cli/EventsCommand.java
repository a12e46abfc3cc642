package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.gateway.client.Answer;
import io.abgate.gateway.client.Resource;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what happened. */
@Command(name = "events", description = "Show what happened.")
final class EventsCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 500;

    private final Gateway gateway;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--model", paramLabel = "MODEL", description = "Only of this model.")
    private @Nullable String model;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only of this type.")
    private @Nullable String type;

    @Option(names = "--after", paramLabel = "SEQ", description = "Only after this event.")
    private @Nullable Long after;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only since this time, for example 2026-11-21T10:00:00Z.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only until this time.")
    private @Nullable String until;

    @Option(names = "--follow", description = "Go on with new ones until Ctrl-C.")
    private boolean follow;

    EventsCommand(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode shown = show(after);
        Long last = last(shown, after);
        while (follow) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            last = last(show(last), last);
        }
        return 0;
    }

    private JsonNode show(@Nullable Long newest) {
        Answer answer = gateway.admin()
                .get(Resource.admin("events")
                        .with("after", newest)
                        .with("since", since)
                        .with("until", until)
                        .with("model", model)
                        .with("type", type));
        JsonNode events = answer.json().path("events");
        if (!events.isEmpty() || !follow) {
            output.print(answer, all -> text(all.path("events")));
        }
        return events;
    }

    private static String text(JsonNode events) {
        if (events.isEmpty()) {
            return "no events";
        }
        return StreamSupport.stream(events.spliterator(), false)
                .map(EventsCommand::line)
                .collect(Collectors.joining("\n"));
    }

    // columns of fixed width, so that lines that come later stand under the earlier ones
    private static String line(JsonNode event) {
        return String.format(
                Locale.ROOT,
                "%6s  %-24s  %-10s  %-18s  %-10s  %s",
                Text.plain(event.path("seq")),
                Text.plain(event.path("at")),
                Text.plain(event.path("actor")),
                Text.plain(event.path("type")),
                Text.plain(event.path("model")),
                Text.plain(event.path("summary")));
    }

    private static @Nullable Long last(JsonNode events, @Nullable Long before) {
        return events.isEmpty()
                ? before
                : Long.valueOf(events.get(events.size() - 1).path("seq").asLong());
    }
}
