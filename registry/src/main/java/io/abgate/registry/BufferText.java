package io.abgate.registry;

import io.abgate.registry.BufferFigures.Count;
import io.abgate.registry.BufferFigures.Refused;
import io.abgate.registry.domain.ModelSettings.Training;
import io.abgate.registry.domain.Unusable;
import io.abgate.registry.policy.ModelState;
import io.abgate.registry.store.SampleRow.Origin;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rolling buffers as people and programs read them. */
final class BufferText {
    private static final int LONGEST_SHOWN = 120;

    private BufferText() {}

    /** Everything. */
    static JsonObject report(ModelState state, BufferFigures figures) {
        JsonObject origins = new JsonObject();
        for (Origin origin : Origin.values()) {
            Count count = figures.origins().getOrDefault(origin, Count.NONE);
            origins.put(
                    origin.name().toLowerCase(Locale.ROOT),
                    new JsonObject().put("rows", count.rows()).put("usable", count.usable()));
        }
        JsonArray refused = new JsonArray();
        figures.refused().forEach(row -> refused.add(refused(row)));
        return new JsonObject()
                .put("model", state.settings().name())
                .mergeIn(summary(state.settings().training(), figures))
                .put("heldOut", figures.heldOut())
                .put("origins", origins)
                .put("unusable", reasons(figures.unusable()))
                .put("refused", refused)
                .put("duplicates", figures.duplicates())
                .put("conflicts", figures.conflicts())
                .put("oldest", time(figures.oldest()))
                .put("newest", time(figures.newest()));
    }

    /** What a model's report says of its buffer. */
    static JsonObject summary(Training training, BufferFigures figures) {
        return new JsonObject()
                .put("size", figures.size())
                .put("capacity", training.buffer())
                .put("usable", figures.usable())
                .put("trainable", figures.trainable())
                .put("minimum", training.minimumSamples());
    }

    /** How many rows are not usable, for each reason there is. */
    static JsonObject reasons(Map<Unusable, Integer> counts) {
        JsonObject reasons = new JsonObject();
        for (Unusable reason : Unusable.values()) {
            reasons.put(word(reason), counts.getOrDefault(reason, 0));
        }
        return reasons;
    }

    private static String word(Unusable reason) {
        return switch (reason) {
            case UNKNOWN_TRUTH -> "unknownTruth";
            case EMPTY_INPUT -> "emptyInput";
            case UNFIT_INPUT -> "unfitInput";
        };
    }

    private static JsonObject refused(Refused row) {
        return new JsonObject()
                .put("seq", row.seq())
                .put("origin", row.origin().name().toLowerCase(Locale.ROOT))
                .put("input", shortened(row.row().input()))
                .put("truth", row.row().truth())
                .put("reason", row.reason().says());
    }

    private static String shortened(String input) {
        return input.length() <= LONGEST_SHOWN ? input : input.substring(0, LONGEST_SHOWN) + "…";
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
