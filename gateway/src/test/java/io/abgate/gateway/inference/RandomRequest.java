package io.abgate.gateway.inference;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests that are mostly sound, written in all the ways that JSON allows, and sometimes broken a little. */
final class RandomRequest {
    private static final String[] STRINGS = {
        "\"\"",
        "\"a\"",
        "\"two words\"",
        "\"é漢😀\"",
        "\"a\\nb\"",
        "\"\\\"\\\\\\/\"",
        "\"\\u00e9\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud800\"",
        "\"\t\"",
        "\"]\"",
        "\"}\"",
        "\",\"",
        "\"text\"",
        "\"x\\t漢\""
    };
    private static final String[] NUMBERS = {
        "0",
        "1",
        "-1",
        "-0",
        "0.0",
        "-0.0",
        "1.5",
        "1e2",
        "1E-2",
        "0.1",
        "123456789.125",
        "1e400",
        "01",
        "1.",
        "255",
        "256",
        "9007199254740993",
        "12345678901234567890",
        "3.14159265358979312",
        "2.2250738585072011e-308",
        "1e-400",
        "3.5e38"
    };
    private static final String[] ODD = {"null", "true", "false", "{}", "[]", "[1]", "nan", "", "\"", "\\"};
    private static final String[] SPACE = {"", "", "", " ", "\n", "\t", "\r", "  "};
    private static final String[] DATATYPES = {"BYTES", "FP64", "FP32", "INT8", "UINT64", "BOOL", "FP16"};

    private final Random random;
    private final boolean isOdd;

    RandomRequest(Random random) {
        this.random = random;
        this.isOdd = random.nextInt(3) == 0;
    }

    byte[] bytes() {
        List<String> fields = new ArrayList<>(List.of(field("inputs", array(List.of(input())))));
        if (random.nextBoolean()) {
            fields.add(field("id", odd(pick(STRINGS))));
        }
        if (random.nextBoolean()) {
            fields.add(field("parameters", parameters()));
        }
        if (random.nextBoolean()) {
            fields.add(field("outputs", outputs()));
        }
        if (isOdd && random.nextInt(4) == 0) {
            fields.add(field(random.nextBoolean() ? "id" : "more", pick(ODD)));
        }
        return broken(object(fields).getBytes(UTF_8));
    }

    private String input() {
        boolean isText = random.nextBoolean();
        int rows = 1 + random.nextInt(3);
        int columns = isText ? 1 + random.nextInt(2) : 2;
        String datatype = isText ? "BYTES" : "FP64";
        String shape = random.nextBoolean() || columns > 1
                ? array(List.of(odd("" + rows), odd("" + columns)))
                : array(List.of("" + rows));
        List<String> fields = new ArrayList<>();
        fields.add(field("name", random.nextInt(9) == 0 ? "\"na?ve \\\"text\\\"\"" : "\"text\""));
        fields.add(field("datatype", "\"" + (isOdd ? pick(DATATYPES) : datatype) + "\""));
        fields.add(field("shape", shape));
        fields.add(field("data", data(isText, rows, columns)));
        if (isOdd && random.nextInt(6) == 0) {
            fields.remove(random.nextInt(fields.size()));
        }
        return object(fields);
    }

    private String data(boolean isText, int rows, int columns) {
        List<String> inRows = IntStream.range(0, rows)
                .mapToObj(row -> IntStream.range(0, isOdd && random.nextInt(9) == 0 ? columns + 1 : columns)
                        .mapToObj(column -> odd(pick(isText ? STRINGS : NUMBERS)))
                        .collect(Collectors.joining(",")))
                .toList();
        return random.nextBoolean()
                ? array(inRows)
                : array(inRows.stream().map(row -> array(List.of(row))).toList());
    }

    private String parameters() {
        List<String> fields = new ArrayList<>();
        if (random.nextBoolean()) {
            fields.add(field("key", odd(pick(STRINGS))));
        }
        if (random.nextBoolean()) {
            fields.add(field("timeout", random.nextBoolean() ? pick(NUMBERS) : "true"));
        }
        return object(fields);
    }

    private String outputs() {
        List<String> names = List.of("label", "confidence", "probabilities", "prediction_id");
        return array(IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> object(List.of(field("name", "\"" + names.get(random.nextInt(4)) + "\""))))
                .toList());
    }

    private byte[] broken(byte[] sound) {
        if (random.nextInt(4) > 0) {
            return sound;
        }
        byte[] broken = sound.clone();
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
        return broken;
    }

    private String object(List<String> fields) {
        List<String> shuffled = new ArrayList<>(fields);
        Collections.shuffle(shuffled, random);
        return "{" + space() + String.join("," + space(), shuffled) + space() + "}";
    }

    private String array(List<String> values) {
        return "[" + space() + String.join(space() + ",", values) + space() + "]";
    }

    private String field(String name, String value) {
        return "\"" + name + "\"" + space() + ":" + space() + value;
    }

    private String odd(String value) {
        return isOdd && random.nextInt(12) == 0 ? pick(ODD) : value;
    }

    private String space() {
        return pick(SPACE);
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }
}
