package io.abgate.gateway.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    /** The first bytes tell of UTF-32, whose characters the rest are none of. */
    @ParameterizedTest
    @CsvSource({"00007B00", "0000007B7FFFFFFF", "0000007B0000D800", "FFFE00007B000000FFFFFF7F"})
    void refusesBytesThatAreNoCharacters(String hex) {
        byte[] body = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("body: ")
                .hasMessageEndingWith("(expected: a JSON object)");
    }

    @Test
    void saysWhereItBrokeOffAndNothingOfTheParser() {
        assertThatThrownBy(() -> read("{\"truth\":[1".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("body: Unexpected end-of-input: expected close marker for Array (start marker at line: 1, "
                        + "column: 10) (expected: a JSON object)");
    }

    private static void read(byte[] body) {
        Json.readObject(body, body.length, (field, parser) -> parser.skipChildren());
    }
}
