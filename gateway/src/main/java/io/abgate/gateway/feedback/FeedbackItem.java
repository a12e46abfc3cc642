package io.abgate.gateway.feedback;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.abgate.gateway.http.Json;
import io.abgate.registry.contract.Label;
import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.PredictionId;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One item of feedback as it comes. What is wrong with it is kept and said later, for the others may be right. */
final class FeedbackItem {
    /** Labels are withdrawn by their source, so it has to be one that a person can read and type. */
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,64}");

    private static final String NAME = "1 to 64 printable characters";

    private @Nullable String predictionId;
    private @Nullable String truth;
    private @Nullable Double reward;
    private String source = "app";
    private @Nullable String problem;

    /** What the parser is at; when that is no object, the item is one with a problem. */
    static FeedbackItem read(JsonParser parser) throws IOException {
        FeedbackItem item = new FeedbackItem();
        if (item.is(parser.currentToken() == JsonToken.START_OBJECT, parser, "feedback", "a JSON object")) {
            Json.eachField(parser, "feedback", item::readField);
        }
        return item;
    }

    /** Takes one field. */
    void readField(String field, JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        boolean isText = token == JsonToken.VALUE_STRING;
        switch (field) {
            case "prediction_id" -> predictionId = is(isText, parser, field, "a string") ? parser.getText() : null;
            case "truth" -> truth = is(token.isScalarValue(), parser, field, "a label") ? parser.getText() : null;
            case "reward" -> reward = is(token.isNumeric(), parser, field, "a number") ? parser.getDoubleValue() : null;
            case "source" ->
                source = is(isText && isName(parser.getText()), parser, field, NAME) ? parser.getText() : source;
            default -> parser.skipChildren();
        }
    }

    /**
     * The token to verify.
     *
     * @throws IllegalArgumentException when anything is wrong with the item's form
     */
    String token() {
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        if (predictionId == null) {
            throw new IllegalArgumentException(Check.message("prediction_id", "none", "that of an answer"));
        }
        if ((truth == null) == (reward == null)) {
            String came = truth == null ? "neither truth nor reward" : "truth and reward";
            throw new IllegalArgumentException(Check.message("feedback", came, "one of them"));
        }
        return predictionId;
    }

    /**
     * The label that it makes.
     *
     * @throws IllegalArgumentException when its reward is out of range
     */
    Label label(int index, PredictionId id) {
        return new Label(index, id, truth, reward, source);
    }

    private static boolean isName(String text) {
        return PRINTABLE.matcher(text).matches() && !text.isBlank();
    }

    private boolean is(boolean holds, JsonParser parser, String name, String expected) throws IOException {
        if (!holds) {
            problem = Check.message(name, Json.came(parser), expected);
            parser.skipChildren();
        }
        return holds;
    }
}
