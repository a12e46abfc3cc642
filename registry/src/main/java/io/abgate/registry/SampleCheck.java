package io.abgate.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.TensorSpec;
import io.abgate.registry.domain.Unusable;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * Whether a model could learn from a row, as far as its input tensor and labels tell. What only its encoder can tell, a
 * worker tells when it reads the rows.
 */
final class SampleCheck {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final long FREE = -1;

    private final boolean numeric;
    private final long columns;
    private final Set<String> labels;

    /** A check for a model that takes this tensor and knows these labels. */
    SampleCheck(TensorSpec input, Collection<String> labels) {
        this.numeric = input.datatype().isNumeric();
        this.columns = input.shape().size() == 2 ? input.shape().get(1) : 1;
        this.labels = Set.copyOf(labels);
    }

    /** Why nothing can be learnt from a row; empty when something can. */
    Optional<Unusable> unusable(Example row) {
        if (!labels.contains(row.truth())) {
            return Optional.of(Unusable.UNKNOWN_TRUTH);
        }
        JsonNode input = read(row.input());
        if (isEmpty(input)) {
            return Optional.of(Unusable.EMPTY_INPUT);
        }
        return fits(input) ? Optional.empty() : Optional.of(Unusable.UNFIT_INPUT);
    }

    private static JsonNode read(String input) {
        try {
            return MAPPER.readTree(input);
        } catch (JsonProcessingException e) {
            return MAPPER.missingNode(); // which is no input of any kind
        }
    }

    /** Text without a word, a context of nothing but padding, no numbers at all. */
    private boolean isEmpty(JsonNode input) {
        return input.isTextual()
                ? input.textValue().isBlank()
                : all(input, word -> word.asText("-").isEmpty());
    }

    private boolean fits(JsonNode input) {
        if (numeric) {
            return all(input, SampleCheck::isFinite) && (columns == FREE || input.size() == columns);
        }
        return columns == 1 ? input.isTextual() : all(input, JsonNode::isTextual);
    }

    private static boolean isFinite(JsonNode node) {
        return node.isNumber() && Double.isFinite(node.doubleValue());
    }

    private static boolean all(JsonNode array, Predicate<JsonNode> holds) {
        return array.isArray()
                && StreamSupport.stream(array.spliterator(), false).allMatch(holds);
    }
}
