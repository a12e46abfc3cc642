package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Tells people how a model stands. */
final class ModelText {
    private ModelText() {}

    /** One sentence: which version is what, and what is held up. */
    static String sentence(JsonNode model) {
        List<String> parts = new ArrayList<>();
        parts.add(
                isVersion(model, "champion")
                        ? "version " + version(model, "champion") + " is champion"
                        : "no champion");
        if (isVersion(model, "canary")) {
            parts.add(version(model, "canary") + " is canary with "
                    + Text.percent(model.path("routing").path("shares").path(version(model, "canary"))));
        }
        if (isVersion(model, "shadow")) {
            parts.add(version(model, "shadow") + " is in shadow");
        }
        if (isVersion(model, "standby")) {
            parts.add(version(model, "standby") + " stands by");
        }
        parts.addAll(held(model));
        return model.path("model").asText() + ": " + String.join(", ", parts);
    }

    /** All models, one a row. */
    static String table(JsonNode models) {
        Table table =
                new Table("MODEL", "CHAMPION", "CANARY", "SHADOW", "STANDBY", "ROUTING", "LABELS", "ACCURACY", "");
        models.forEach(model -> table.row(
                Text.plain(model.path("model")),
                Text.plain(model.path("champion")),
                Text.plain(model.path("canary")),
                Text.plain(model.path("shadow")),
                Text.plain(model.path("standby")),
                Text.plain(model.path("routing").path("mode")),
                Text.plain(model.path("labels").path("accepted")),
                Text.decimal(championAccuracy(model)),
                String.join(", ", held(model))));
        return table.toString();
    }

    /** Everything about one model. */
    static String details(JsonNode model) {
        List<String> lines = new ArrayList<>(List.of(sentence(model), routing(model), labels(model)));
        model.path("versions").forEach(version -> {
            if (version.path("shadow").isObject()) {
                lines.add(shadow(version));
            }
            if (version.path("share").asDouble() > 0) {
                LabellingText.sentence(version).ifPresent(lines::add);
            }
        });
        if (model.path("drill").isObject()) {
            lines.add(DrillText.sentence(model.path("drill")));
        }
        HealthText.sentence(model.path("versions")).ifPresent(lines::add);
        model.path("monitor").path("alerts").forEach(alert -> lines.add(alert(alert)));
        if (model.path("guard").isObject()) {
            lines.add(guard(model.path("guard")));
        }
        model.path("rollout").forEach(rollout -> lines.add(RolloutText.sentence(rollout)));
        if (model.path("ensemble").isObject()) {
            lines.addAll(EnsembleText.lines(model.path("ensemble")));
        }
        lines.addAll(OversightText.lines(model.path("oversight")));
        lines.addAll(TrafficText.sentences(model.path("traffic")));
        model.path("overrides").forEach(override -> lines.add(override(override)));
        if (model.path("training").isObject()) {
            lines.add(BufferText.training(model.path("training")));
        }
        if (model.path("job").isObject()) {
            lines.add(JobText.sentence(model.path("job")));
        }
        lines.add("");
        lines.add(versions(model.path("versions")));
        return String.join("\n", lines);
    }

    /** The versions of a model, one a row. */
    static String versions(JsonNode versions) {
        Table table = new Table(
                "VERSION",
                "STAGE",
                "SHARE",
                "LABELS",
                "ACCURACY",
                "INTERVAL",
                "EVIDENCE",
                "PARENT",
                "SOURCE",
                "SHA-256",
                "CREATED",
                "TAGS",
                "NOTE");
        versions.forEach(version -> table.row(
                Text.plain(version.path("version")),
                Text.plain(version.path("stage")),
                Text.percent(version.path("share")),
                Text.plain(version.path("live").path("labels")),
                Text.decimal(version.path("live").path("accuracy")),
                Text.interval(version.path("live").path("interval")),
                evidence(version.path("evidence")),
                Text.plain(version.path("parent")),
                Text.plain(version.path("source")),
                Text.digits(version.path("sha256")),
                Text.plain(version.path("createdAt")),
                Text.list(version.path("tags")),
                Text.plain(version.path("note"))));
        return table.toString();
    }

    private static String routing(JsonNode model) {
        JsonNode routing = model.path("routing");
        List<String> shares = new ArrayList<>();
        routing.path("shares")
                .fields()
                .forEachRemaining(
                        share -> shares.add("version " + share.getKey() + " gets " + Text.percent(share.getValue())));
        return "routing " + Text.plain(routing.path("mode")) + ", floor " + Text.plain(routing.path("floor"))
                + ", epoch " + Text.plain(routing.path("epoch"))
                + (shares.isEmpty() ? "" : ": " + String.join(", ", shares));
    }

    private static String labels(JsonNode model) {
        JsonNode labels = model.path("labels");
        return "labels " + Text.plain(labels.path("accepted")) + " accepted, " + Text.plain(labels.path("corrected"))
                + " corrected, " + Text.plain(labels.path("expired")) + " expired"
                + (labels.path("withdrawn").asInt() > 0 ? ", " + labels.path("withdrawn") + " withdrawn; " : "; ")
                + Text.plain(model.path("samples").path("stored")) + " samples stored, "
                + Text.plain(model.path("pinned").path("labels")) + " labels of pinned requests left out";
    }

    private static String shadow(JsonNode version) {
        JsonNode shadow = version.path("shadow");
        return "shadow of version " + Text.plain(version.path("version")) + ": "
                + Text.plain(shadow.path("candidateRight"))
                + " right against the champion's " + Text.plain(shadow.path("championRight")) + ", "
                + Text.plain(shadow.path("pairs")) + " of " + Text.plain(shadow.path("needed")) + " labels";
    }

    private static String alert(JsonNode alert) {
        return "ALERT " + Text.plain(alert.path("kind")) + " since " + Text.plain(alert.path("since")) + ": "
                + Text.plain(alert.path("says"))
                + (alert.path("limit").isNumber()
                        ? " (" + Text.plain(alert.path("value")) + ", limit " + Text.plain(alert.path("limit")) + ")"
                        : "");
    }

    private static String guard(JsonNode guard) {
        String phase = guard.path("suspended").asBoolean()
                ? "suspended by the canary"
                : guard.path("phase").asText().equals("attribution") ? "seeking the cause of a fall" : "watching";
        return "guard of version " + Text.plain(guard.path("version")) + " beside " + Text.plain(guard.path("control"))
                + " with " + Text.percent(guard.path("share")) + ": " + phase + ", "
                + (guard.path("units").asLong() + guard.path("controlUnits").asLong()) + " labelled keys, evidence "
                + Text.decimal(guard.path("g")) + " of " + Text.plain(guard.path("threshold")) + ", budget "
                + Text.decimal(guard.path("staked")) + " staked, " + Text.decimal(guard.path("remaining")) + " left: "
                + Text.plain(guard.path("says"));
    }

    private static String override(JsonNode override) {
        return "override: " + Text.plain(override.path("node")) + " serves version "
                + Text.plain(override.path("version")) + " from " + Text.plain(override.path("from")) + " until "
                + Text.plain(override.path("until")) + ": " + Text.plain(override.path("reason"));
    }

    private static List<String> held(JsonNode model) {
        List<String> held = new ArrayList<>();
        if (model.path("frozen").asBoolean()) {
            held.add("promotions and rollbacks frozen");
        } else if (model.path("paused").asBoolean()) {
            held.add("promotions paused");
        }
        int alerts = model.path("monitor").path("alerts").size();
        if (alerts > 0) {
            held.add(alerts == 1 ? "1 alert" : alerts + " alerts");
        }
        if (model.at("/training/held").isTextual()) {
            held.add("retraining held for a person");
        }
        if (model.at("/training/waiting").isNumber()) {
            held.add("job " + model.at("/training/waiting").asText() + " waits for approval");
        }
        held.addAll(OversightText.held(model.path("oversight")));
        if (!model.path("settled").asBoolean(true)) {
            held.add("not settled");
        }
        return held;
    }

    private static JsonNode championAccuracy(JsonNode model) {
        for (JsonNode version : model.path("versions")) {
            if (version.path("version").equals(model.path("champion"))) {
                return version.path("live").path("accuracy");
            }
        }
        return model.path("none");
    }

    private static String evidence(JsonNode evidence) {
        return evidence.isObject()
                ? Text.decimal(evidence.path("g")) + " of " + Text.plain(evidence.path("threshold"))
                : "-";
    }

    private static boolean isVersion(JsonNode model, String stage) {
        return model.path(stage).isNumber();
    }

    private static String version(JsonNode model, String stage) {
        return model.path(stage).asText();
    }
}
