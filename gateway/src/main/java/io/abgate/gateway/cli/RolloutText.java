package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** How far a version is on its way to champion, for people. */
final class RolloutText {
    private RolloutText() {}

    static String sentence(JsonNode rollout) {
        JsonNode proof = rollout.path("proof");
        return Text.plain(rollout.path("phase")) + " of version " + Text.plain(rollout.path("version")) + " beside "
                + Text.plain(rollout.path("control")) + " with " + Text.percent(rollout.path("share")) + ", "
                + (rollout.path("byEvidence").asBoolean() ? "moved on by evidence" : "the operator's") + ": "
                + Text.plain(rollout.path("says")) + "; labels " + labels(rollout.path("labels")) + "; proof "
                + Text.decimal(proof.path("e")) + " of " + Text.plain(proof.path("threshold"))
                + " that it is less than "
                + Text.percent(proof.path("margin")) + " worse, evidence against it " + Text.decimal(rollout.path("g"))
                + " of " + Text.plain(rollout.path("threshold")) + ", budget " + Text.decimal(rollout.path("staked"))
                + " staked, " + Text.decimal(rollout.path("remaining")) + " left" + missing(rollout);
    }

    private static String labels(JsonNode labels) {
        return Text.plain(labels.path("used")) + " used of " + Text.plain(labels.path("received")) + " received, "
                + Text.plain(labels.path("late")) + " late, " + Text.plain(labels.path("waiting")) + " waiting";
    }

    private static String missing(JsonNode rollout) {
        long missing = rollout.path("missing").asLong();
        return missing > 0 ? "; needs " + missing + " more labelled keys at least" : "";
    }
}
