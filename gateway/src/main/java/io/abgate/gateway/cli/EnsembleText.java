package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Tells people of the vote of a model's versions. */
final class EnsembleText {
    private EnsembleText() {}

    static List<String> lines(JsonNode ensemble) {
        List<String> lines = new ArrayList<>();
        lines.add("ensemble: " + Text.plain(ensemble.path("labels")) + " labels, accuracy "
                + Text.decimal(ensemble.path("accuracy")) + " " + Text.interval(ensemble.path("interval")) + "; "
                + Text.plain(ensemble.path("says")));
        ensemble.path("members").forEach(member -> lines.add(member(member)));
        return lines;
    }

    private static String member(JsonNode member) {
        boolean votes = member.path("vote").asDouble() > 0;
        return "  version " + Text.plain(member.path("version"))
                + (votes ? " votes with weight " + Text.decimal(member.path("vote")) : " has no vote") + ": "
                + Text.plain(member.path("right")) + " of " + Text.plain(member.path("answers"))
                + " labelled answers of its own right, believed to be right in "
                + Text.decimal(member.path("belief"));
    }
}
