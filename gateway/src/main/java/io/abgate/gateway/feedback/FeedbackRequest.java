package io.abgate.gateway.feedback;

import com.fasterxml.jackson.core.JsonParser;
import io.abgate.gateway.http.Json;
import io.abgate.registry.domain.Check;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an application reports.
 *
 * @param items at least one
 * @param isList whether they came as a list; then each is taken or rejected by itself
 */
record FeedbackRequest(List<FeedbackItem> items, boolean isList) {
    private static final String LIST = "feedback";
    /** More than fit into a body when they are genuine; what is no label at all may be two bytes long. */
    private static final int MOST_ITEMS = 10_000;

    /**
     * The request in a body.
     *
     * @throws IllegalArgumentException when it is neither an item nor a list of items
     */
    static FeedbackRequest read(byte[] body) {
        Reader reader = new Reader();
        Json.readObject(body, body.length, reader);
        if (!reader.isList) {
            return new FeedbackRequest(List.of(reader.alone), false);
        }
        Check.that(!reader.items.isEmpty(), LIST, "an empty list", "at least one item");
        return new FeedbackRequest(reader.items, true);
    }

    private static final class Reader implements Json.FieldReader {
        private final FeedbackItem alone = new FeedbackItem();
        private final List<FeedbackItem> items = new ArrayList<>();
        private boolean isList;

        @Override
        public void read(String field, JsonParser parser) throws IOException {
            if (field.equals(LIST)) {
                isList = true;
                Json.eachValue(parser, LIST, this::add);
            } else {
                alone.readField(field, parser);
            }
        }

        private void add(JsonParser item) throws IOException {
            Check.that(items.size() < MOST_ITEMS, LIST, "more than " + MOST_ITEMS + " items", "at most so many");
            items.add(FeedbackItem.read(item));
        }
    }
}
