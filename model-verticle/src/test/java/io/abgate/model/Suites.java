package io.abgate.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.abgate.registry.domain.SuiteCase;
import io.abgate.registry.domain.SuiteCase.Expectation;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The shipped suites. */
public final class Suites {
    private Suites() {}

    /** Every case of a file, such as {@code next-word}. */
    public static List<SuiteCase> of(String name) {
        List<SuiteCase> cases = new ArrayList<>();
        JsonNode suites = read(new File("../config/suites/" + name + ".yaml"));
        suites.properties().forEach(suite -> suite.getValue().properties().forEach(category -> category.getValue()
                .forEach(one -> cases.add(new SuiteCase(
                        suite.getKey(),
                        category.getKey(),
                        one.get("id").textValue(),
                        one.get("input").toString(),
                        expectation(one.path("expect")))))));
        return cases;
    }

    private static Expectation expectation(JsonNode expect) {
        return new Expectation(
                StreamSupport.stream(expect.path("answers").spliterator(), false)
                        .map(JsonNode::textValue)
                        .toList(),
                Optional.ofNullable(expect.get("confidence"))
                        .map(JsonNode::doubleValue)
                        .orElse(null),
                Optional.ofNullable(expect.get("timeMillis"))
                        .map(JsonNode::intValue)
                        .orElse(null),
                Optional.ofNullable(expect.get("same")).map(JsonNode::toString).orElse(null),
                expect.path("refused").booleanValue());
    }

    private static JsonNode read(File file) {
        try {
            return new YAMLMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
