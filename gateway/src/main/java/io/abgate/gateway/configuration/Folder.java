package io.abgate.gateway.configuration;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder of files that operators edit: on disk, or packed into the jar.
 *
 * @param shown how operators know it, empty for the current one
 */
record Folder(FileTree tree, String shown) {
    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What is said of YAML's own .nan and .inf: the parser takes them for numbers, and cannot read them. */
    private static final Pattern NO_NUMBER = Pattern.compile("Malformed numeric value '(.*)'");

    /** The folder in which {@code file} is. */
    static Folder of(Path file) {
        Path parent = file.getParent();
        return parent == null ? onDisk(Path.of("."), "") : onDisk(parent, parent.toString());
    }

    static Folder onDisk(Path path, String shown) {
        return new Folder(new DiskTree(path), shown);
    }

    boolean exists() {
        return tree.exists();
    }

    Folder folder(String name) {
        return new Folder(tree.folder(name), shown(name));
    }

    /** The name of a file in this folder as operators know it. */
    String shown(String name) {
        return shown.isEmpty() ? name : shown + "/" + name;
    }

    boolean has(String name) {
        return tree.has(name);
    }

    InputStream open(String name) throws IOException {
        return tree.open(name);
    }

    /** Names of the files that end so, sorted. */
    List<String> names(String ending) {
        try {
            return tree.names().stream()
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ConfigurationException(shown + ": cannot be read: " + e);
        }
    }

    /** A YAML file as a tree; an empty file is an absent value. */
    Value yaml(String name) {
        try (InputStream in = open(name)) {
            JsonNode tree = YAML.readTree(in);
            return Value.root(shown(name), tree);
        } catch (NoSuchFileException e) {
            throw ConfigurationException.expected(shown(name), "no such file", "a YAML file");
        } catch (JsonProcessingException e) {
            throw unsound(shown(name), e);
        } catch (IOException e) {
            throw new ConfigurationException(shown(name) + ": cannot be read: " + e);
        }
    }

    private static ConfigurationException unsound(String file, JsonProcessingException e) {
        Matcher noNumber = NO_NUMBER.matcher(e.getOriginalMessage());
        if (noNumber.matches() && e.getProcessor() instanceof JsonParser parser) {
            String path = path(parser.getParsingContext().pathAsPointer());
            return ConfigurationException.expected(file + ": " + path, noNumber.group(1), "a finite number");
        }
        int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        return ConfigurationException.expected(
                file + ": line " + line, e.getOriginalMessage(), "sound YAML, every key once");
    }

    /** A place as a {@link Value} names it. */
    private static String path(JsonPointer place) {
        StringBuilder path = new StringBuilder();
        for (JsonPointer at = place; !at.matches(); at = at.tail()) {
            if (at.mayMatchElement()) {
                path.append('[').append(at.getMatchingIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(at.getMatchingProperty());
            }
        }
        return path.toString();
    }
}
