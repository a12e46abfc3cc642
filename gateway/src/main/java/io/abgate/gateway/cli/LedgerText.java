package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.abgate.gateway.client.Answer;
import io.abgate.gateway.client.Json;
import io.abgate.registry.store.LedgerCheck;
import io.abgate.registry.store.LedgerCheck.Break;
import java.net.HttpURLConnection;
import java.util.Locale;

/** Tells people what a walk along the hash chain found. */
final class LedgerText {
    private LedgerText() {}

    /** What was found without a gateway, as one would answer it. */
    static Answer answer(LedgerCheck found) {
        ObjectNode json = Json.object()
                .put("intact", found.broken().isEmpty())
                .put("events", found.events())
                .put("labels", found.labels())
                .put("head", found.head())
                .put("seq", found.broken().map(Break::seq).orElse(null))
                .put("reason", found.broken().map(Break::reason).orElse(null));
        return new Answer(HttpURLConnection.HTTP_OK, json.toString());
    }

    static boolean isIntact(JsonNode found) {
        return found.path("intact").asBoolean();
    }

    /** One sentence. */
    static String sentence(JsonNode found) {
        String counts = count(found.path("events")) + " events, " + count(found.path("labels")) + " labels, head "
                + Text.digits(found.path("head")) + "…";
        if (isIntact(found)) {
            return "intact: " + counts;
        }
        String where = found.path("seq").asLong() == 0 ? "" : " at event " + count(found.path("seq"));
        return "broken" + where + ": " + Text.plain(found.path("reason")) + " (what fits: " + counts + ")";
    }

    private static String count(JsonNode number) {
        return String.format(Locale.ROOT, "%,d", number.asLong());
    }
}
