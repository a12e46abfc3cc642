package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.gateway.client.CommandFailedException;
import io.abgate.gateway.client.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that commands are given. */
final class GivenFile {
    private GivenFile() {}

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(file + ": no such file");
        } catch (IOException e) {
            throw new CommandFailedException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /** A file with a JSON list. */
    static JsonNode list(Path file) {
        return Json.parse(new String(bytes(file), StandardCharsets.UTF_8))
                .filter(JsonNode::isArray)
                .orElseThrow(() -> new CommandFailedException(file + ": no JSON list"));
    }
}
