package io.abgate.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.abgate.registry.domain.Example;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The shipped data sets as examples. */
public final class Datasets {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Datasets() {}

    /** Mail in the order in which it arrived. */
    public static List<Example> mail() {
        return lines("mail.jsonl.gz").stream().map(Datasets::mail).toList();
    }

    /** Hand-written digits. */
    public static List<Example> digits() {
        return lines("digits.csv.gz").stream().map(Datasets::digit).toList();
    }

    private static Example mail(String line) {
        try {
            JsonNode row = MAPPER.readTree(line);
            return new Example(row.get("text").toString(), row.get("label").textValue());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Example digit(String line) {
        int comma = line.lastIndexOf(',');
        return new Example("[" + line.substring(0, comma) + "]", line.substring(comma + 1));
    }

    private static List<String> lines(String file) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(new FileInputStream("../config/datasets/" + file)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
