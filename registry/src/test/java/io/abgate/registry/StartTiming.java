package io.abgate.registry;

import io.abgate.registry.contract.SampleBatch.ShadowAnswer;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.PredictionId;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.Mail;
import io.abgate.registry.policy.ModelAdded;
import io.abgate.registry.policy.RoutePlan;
import io.abgate.registry.policy.RoutePublished;
import io.abgate.registry.policy.StageChanged;
import io.abgate.registry.policy.StageChanged.Kind;
import io.abgate.registry.policy.VersionRegistered;
import io.abgate.registry.store.EventStore;
import io.abgate.registry.store.LabelRow;
import io.abgate.registry.store.NewLabel;
import io.abgate.registry.store.SampleRow;
import io.abgate.registry.store.Stores;
import io.abgate.registry.store.Transaction;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Says how long a start takes with and without a checkpoint. Arguments: an empty folder, how many labels (1,000,000), one
 * sample to how many labels (10; 0 is none). A shadow and a canary are under way all the time.
 */
final class StartTiming {
    private static final int BATCH = 1_000;
    private static final long START = 1_772_000_000_000L;

    private final ModelSettings settings =
            Mail.SHIPPED.withoutDropRules().retrainingEvery(0).promotedByHand().settings();
    private final EventStore store;
    private final Pen pen;
    private Books books;
    private long epoch;

    private StartTiming(EventStore store) {
        this.store = store;
        this.pen = new Pen(store, System::nanoTime);
        this.books = new Books(pen, List.of(settings));
    }

    public static void main(String[] arguments) {
        long labels = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1_000_000;
        long samplesOneIn = arguments.length > 2 ? Long.parseLong(arguments[2]) : 10;
        try (EventStore store = Stores.open("sqlite:", Path.of(arguments[0]), "timing", InstantSource.system())) {
            new StartTiming(store).run(labels, samplesOneIn);
        }
    }

    private void run(long labels, long samplesOneIn) {
        timed("writing", () -> fill(labels, samplesOneIn));
        Map<ModelSettings, BookSnapshot> live = books.snapshots();
        for (int i = 0; i < 2; i++) {
            books = timed("start from the first entry", () -> new Books(pen, List.of(settings)));
            says("same state: " + books.snapshots().equals(live));
        }
        Checkpoints checkpoints = new Checkpoints(store, Checkpoints.Pace.SHIPPED);
        int size = Snapshots.json(books.snapshots().get(settings)).length();
        timed("writing a checkpoint of " + size + " characters", () -> {
            checkpoints.beforeClosing(books);
            return true;
        });
        for (int i = 0; i < 2; i++) {
            books = timed(
                    "start from a checkpoint",
                    () -> new Books(pen, List.of(settings), () -> checkpoints.usable(List.of(settings))));
            says("same state: " + books.snapshots().equals(live));
        }
    }

    private boolean fill(long labels, long samplesOneIn) {
        String model = settings.name();
        books.commit("timing", model, new ModelAdded(1, 0));
        for (int version = 1; version <= 3; version++) {
            books.commit(
                    "timing",
                    model,
                    new VersionRegistered(
                            version,
                            "sha-" + version,
                            "",
                            Mail.LABELS,
                            Mail.INPUT,
                            null,
                            null,
                            "",
                            "",
                            List.of(),
                            null,
                            0));
        }
        books.commit("timing", model, StageChanged.of(Kind.PROMOTED, 1, Stage.CHAMPION, "timing"));
        books.commit("timing", model, StageChanged.of(Kind.SHADOWED, 3, Stage.SHADOW, "timing"));
        books.commit(
                "timing", model, new StageChanged(Kind.CANARIED, 2, Map.of(2, Stage.CANARY), .1, "", Map.of(), false));
        books.commit(
                "timing",
                model,
                new RoutePublished(
                        RoutePlan.of(books.state(model), version -> true).orElseThrow()));
        epoch = books.state(model).route().orElseThrow().epoch();
        for (long from = 0; from < labels; from += BATCH) {
            batch(from, samplesOneIn);
        }
        return true;
    }

    private void batch(long from, long samplesOneIn) {
        books.commitTaken(transaction -> new Books.Taken(
                samples(transaction, from, samplesOneIn),
                transaction.labels(LongStream.range(from, from + BATCH)
                        .mapToObj(this::label)
                        .toList())));
    }

    private List<SampleRow> samples(Transaction transaction, long from, long oneIn) {
        List<SampleRow> rows = new ArrayList<>();
        for (long number = from; oneIn > 0 && number < from + BATCH; number++) {
            SampleRow row = number % oneIn > 0
                    ? null
                    : transaction.sample(
                            settings.name(),
                            START + number,
                            number,
                            SampleRow.Origin.LIVE,
                            "\"free prize call now to claim your reward\"",
                            null,
                            List.of(new ShadowAnswer(3, 0, .9f)));
            if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    private NewLabel label(long number) {
        int assigned = number % 9 == 0 ? 2 : 1;
        long key = (number % 50_000) * 0x9E3779B97F4A7C15L;
        PredictionId id = new PredictionId(1, 0, 1, assigned, assigned, 0, .9f, epoch, key, START + number, number);
        boolean right = number * 61 % 100 < 90;
        return new NewLabel(settings.name(), id, LabelRow.Kind.ACCEPTED, right ? "ham" : "spam", right ? 1 : 0, "app");
    }

    private static <T> T timed(String what, Supplier<T> work) {
        long start = System.nanoTime();
        T made = work.get();
        says(String.format("%s: %.2f s", what, (System.nanoTime() - start) / 1e9));
        return made;
    }

    @SuppressWarnings("SystemOut")
    private static void says(String line) {
        System.out.println(line);
    }
}
