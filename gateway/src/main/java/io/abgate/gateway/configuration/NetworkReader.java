package io.abgate.gateway.configuration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Checks the network of a model file and writes it as the blueprint that the dense format reads. */
final class NetworkReader {
    private static final String FORMAT = "abgate/dense-v1";

    private NetworkReader() {}

    /** The blueprint as JSON text. */
    static String blueprint(List<String> labels, Value network) {
        network.only("format", "encoder", "hidden", "initialisation");
        word(network.at("format"), FORMAT);
        ObjectNode blueprint = JsonNodeFactory.instance.objectNode();
        blueprint.put("format", FORMAT);
        labels.forEach(blueprint.putArray("labels")::add);
        blueprint.set("encoder", encoder(network.at("encoder")));
        network.at("hidden").list(NetworkReader::size).forEach(blueprint.putArray("hidden")::add);
        blueprint.set("initialisation", initialisation(network.at("initialisation")));
        return blueprint.toString();
    }

    private static ObjectNode encoder(Value encoder) {
        Value kind = encoder.at("kind");
        return switch (kind.text()) {
            case "hashed-words" -> hashedWords(encoder.only("kind", "size", "hash"));
            case "last-word" -> lastWord(encoder.only("kind", "vocabulary", "unknown"));
            case "numeric" -> numeric(encoder.only("kind", "size", "scale"));
            default -> throw kind.refusal("one of hashed-words, last-word, numeric");
        };
    }

    private static ObjectNode hashedWords(Value encoder) {
        return kind(encoder).put("size", size(encoder.at("size"))).put("hash", word(encoder.at("hash"), "xxh64"));
    }

    private static ObjectNode lastWord(Value encoder) {
        List<String> vocabulary = encoder.at("vocabulary").list(Value::text);
        Value unknown = encoder.at("unknown");
        unknown.require(vocabulary.contains(unknown.text()), "a word of the vocabulary");
        ObjectNode written = kind(encoder);
        vocabulary.forEach(written.putArray("vocabulary")::add);
        return written.put("unknown", unknown.text());
    }

    private static ObjectNode numeric(Value encoder) {
        return kind(encoder).put("size", size(encoder.at("size"))).put("scale", positive(encoder.at("scale")));
    }

    private static ObjectNode initialisation(Value initialisation) {
        Value kind = initialisation.at("kind");
        return switch (kind.text()) {
            case "he-normal" -> kind(initialisation.only("kind"));
            case "normal" ->
                kind(initialisation.only("kind", "scale")).put("scale", positive(initialisation.at("scale")));
            default -> throw kind.refusal("one of he-normal, normal");
        };
    }

    private static ObjectNode kind(Value value) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", value.at("kind").text());
    }

    private static int size(Value size) {
        return size.wholeNumber(1, Integer.MAX_VALUE);
    }

    private static double positive(Value number) {
        number.require(number.number() > 0, "a number above 0");
        return number.number();
    }

    private static String word(Value value, String only) {
        value.require(value.text().equals(only), only);
        return only;
    }
}
