package io.abgate.registry.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code model_state}: one checkpoint a model. */
final class CheckpointTable {
    /** Type of the event that covers a checkpoint. */
    static final String EVENT_TYPE = "CHECKPOINT";

    private CheckpointTable() {}

    static void put(Handle handle, Checkpoint checkpoint) {
        handle.createUpdate(
                        "INSERT INTO model_state (model, seq, settings, state) VALUES (:model, :seq, :settings, :state)"
                                + " ON CONFLICT (model) DO UPDATE SET seq = excluded.seq, settings = excluded.settings,"
                                + " state = excluded.state")
                .bindMethods(checkpoint)
                .execute();
    }

    static List<Checkpoint> all(Handle handle) {
        return handle.createQuery("SELECT model, seq, settings, state FROM model_state ORDER BY model")
                .map((row, context) -> new Checkpoint(
                        row.getString("model"), row.getLong("seq"), row.getString("settings"), row.getString("state")))
                .list();
    }

    /** Body of the event. */
    static String toBody(Checkpoint checkpoint) {
        String digest = new CanonicalDigest()
                .number(checkpoint.seq())
                .text(checkpoint.settings())
                .text(checkpoint.state())
                .toHex();
        return "{\"through\":" + checkpoint.seq() + ",\"digest\":\"" + digest + "\"}";
    }
}
