package io.abgate.registry;

import io.abgate.registry.contract.Failure;
import io.abgate.registry.contract.Inspection;
import io.abgate.registry.contract.Operation;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.policy.DrillBegan;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.policy.VersionRegistered;
import io.abgate.registry.policy.VersionState;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stores artifacts that operators bring, after a model node has looked at them. */
final class Registrations {
    private final Books books;
    private final InstantSource clock;

    Registrations(Books books, InstantSource clock) {
        this.books = books;
        this.clock = clock;
    }

    /**
     * What came of a registration.
     *
     * @param isNew false when the same artifact was there
     */
    record Registered(int version, boolean isNew) {}

    /** Refuses an unknown model before anything is looked at. */
    void checkModel(String model) {
        books.state(model);
    }

    /** Stores an inspected artifact as a new version, or finds the version that it is. */
    Registered register(Operation operation, Inspection inspected) {
        Parameters parameters = Parameters.of(operation, "tags", "source", "note");
        String source = parameters.text("source", "registered");
        Parameters.check(!source.equals(DrillBegan.DRILL), "source", source, "another word, as drills make their own");
        ModelState state = books.state(operation.model());
        checkFits(state.settings(), inspected);
        Optional<VersionState> known = state.findBySha(inspected.sha256());
        if (known.isPresent()) {
            return new Registered(known.get().number(), false);
        }
        int number = state.nextVersion();
        String tags = parameters.text("tags", "");
        VersionRegistered version = new VersionRegistered(
                number,
                inspected.sha256(),
                inspected.format(),
                inspected.labels(),
                inspected.input(),
                state.ofStage(Stage.CHAMPION).map(VersionState::number).orElse(null),
                null,
                source,
                parameters.text("note", ""),
                tags.isEmpty() ? List.of() : Arrays.asList(tags.split(",", -1)),
                null,
                clock.millis());
        books.commit(operation.actor(), operation.model(), transaction -> {
            transaction.artifact(inspected.sha256(), inspected.bytes());
            Idempotency.keep(
                    transaction,
                    operation,
                    201,
                    new JsonObject().put("version", number).encode());
            return List.of(version);
        });
        return new Registered(number, true);
    }

    private static void checkFits(ModelSettings settings, Inspection inspected) {
        boolean sameLabels = Set.copyOf(inspected.labels()).equals(Set.copyOf(settings.labels()));
        Parameters.check(sameLabels, "labels", inspected.labels(), "in any order " + settings.labels());
        boolean sameInput = inspected.input().datatype().isNumeric()
                        == settings.input().datatype().isNumeric()
                && inspected.input().shape().equals(settings.input().shape());
        if (!sameInput) {
            throw Failure.INVALID.because(Check.message(
                    "input", inspected.input().shape(), settings.input().shape() + ", as the model's input"));
        }
    }
}
