package io.abgate.registry.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/**
 * The newest label of each of many predictions: what tells a label that is sent again from a new one. In this process a
 * prepared statement for each is quickest; over a network it is one statement for all of them.
 */
final class LabelLookup {
    private static final String NEWEST = "(SELECT " + LabelTable.COLUMNS + " FROM label WHERE model = %s"
            + " AND time_millis = %s AND nonce = %s AND voided_seq IS NULL ORDER BY seq DESC LIMIT 1)";
    private static final String EACH = "SELECT * FROM " + NEWEST.formatted("?", "?", "?");
    private static final String ALL = "SELECT newest.* FROM unnest(?, ?, ?) AS said (model, time_millis, nonce)"
            + " CROSS JOIN LATERAL " + NEWEST.formatted("said.model", "said.time_millis", "said.nonce") + " AS newest";

    private LabelLookup() {}

    /** The last label of each prediction that has one and that was not withdrawn. */
    static Map<PredictionKey, LabelRow> newest(
            Handle handle, Collection<PredictionKey> predictions, boolean overNetwork) {
        if (predictions.isEmpty()) {
            return Map.of();
        }
        try (PreparedStatement statement = handle.getConnection().prepareStatement(overNetwork ? ALL : EACH)) {
            return overNetwork ? together(statement, predictions) : oneByOne(statement, predictions);
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    private static Map<PredictionKey, LabelRow> oneByOne(
            PreparedStatement statement, Collection<PredictionKey> predictions) throws SQLException {
        Map<PredictionKey, LabelRow> found = new HashMap<>();
        for (PredictionKey prediction : predictions) {
            statement.setString(1, prediction.model());
            statement.setLong(2, prediction.timeMillis());
            statement.setLong(3, prediction.nonce());
            collect(statement, found);
        }
        return found;
    }

    private static Map<PredictionKey, LabelRow> together(
            PreparedStatement statement, Collection<PredictionKey> predictions) throws SQLException {
        Map<PredictionKey, LabelRow> found = new HashMap<>();
        Connection connection = statement.getConnection();
        Object[] models = predictions.stream().map(PredictionKey::model).toArray();
        Object[] times = predictions.stream().map(PredictionKey::timeMillis).toArray();
        Object[] nonces = predictions.stream().map(PredictionKey::nonce).toArray();
        statement.setArray(1, connection.createArrayOf("text", models));
        statement.setArray(2, connection.createArrayOf("int8", times));
        statement.setArray(3, connection.createArrayOf("int8", nonces));
        collect(statement, found);
        return found;
    }

    private static void collect(PreparedStatement statement, Map<PredictionKey, LabelRow> found) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                LabelRow label = LabelTable.read(rows);
                found.put(PredictionKey.of(label.model(), label.id()), label);
            }
        }
    }
}
