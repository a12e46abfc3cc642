package io.abgate.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.abgate.registry.store.JobRow;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The durable body of a job: what was ordered and what came of it.
 *
 * @param result null until it has ended
 */
record JobBody(JobSpec spec, @Nullable JobResult result) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static JobBody of(JobRow row) {
        try {
            return MAPPER.readValue(row.body(), JobBody.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("job " + row.id() + " cannot be read", e);
        }
    }
}
