package io.abgate.registry.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.abgate.registry.contract.SampleBatch.ShadowAnswer;
import java.util.List;

/** Shadow answers as JSON text. */
final class ShadowsJson {
    /** Of a sample that no shadow answered. */
    static final String NONE = "[]";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectWriter WRITER = MAPPER.writer();
    private static final ObjectReader READER = MAPPER.readerForListOf(ShadowAnswer.class);

    private ShadowsJson() {}

    static String write(List<ShadowAnswer> shadows) {
        try {
            return WRITER.writeValueAsString(shadows);
        } catch (JsonProcessingException e) {
            throw new StoreException("shadow answers cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    static List<ShadowAnswer> read(String json) {
        try {
            return READER.readValue(json);
        } catch (JsonProcessingException e) {
            throw new StoreException("shadow answers cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
