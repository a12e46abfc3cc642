package io.abgate.registry;

import io.abgate.registry.domain.Example;
import io.abgate.registry.policy.Mail;
import java.util.List;
import java.util.stream.IntStream;

/** Models that tell ham from spam, by rows that say nothing but their number. */
final class Definitions {
    private Definitions() {}

    /** One with sixty seed rows, and none to be judged on. */
    static ModelDefinition of(Mail mail, String name) {
        return new ModelDefinition(mail.settings(name), rows("seed", 60), List.of());
    }

    static ModelDefinition evaluatedOn(ModelDefinition model, int rows) {
        return new ModelDefinition(model.settings(), model.seeds(), rows("row", rows));
    }

    static ModelDefinition seeded(ModelDefinition model, int rows) {
        return new ModelDefinition(model.settings(), model.seeds().subList(0, rows), model.evaluation());
    }

    private static List<Example> rows(String word, int rows) {
        return IntStream.range(0, rows)
                .mapToObj(row -> new Example("\"" + word + " " + row + "\"", Mail.LABELS.get(row % 2)))
                .toList();
    }
}
