package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Tells people why something was decided, and whether it can be computed again. */
final class ReceiptText {
    private ReceiptText() {}

    /** Why, on what counts, with which error rate, what is left of the budget, and how to check it. */
    static String why(JsonNode receipt) {
        List<String> lines = new ArrayList<>();
        lines.add("receipt " + Text.plain(receipt.path("id")) + " at " + Text.plain(receipt.path("at")) + ": "
                + Text.plain(receipt.path("verdict")) + " " + subject(receipt) + " (" + word(receipt.path("trigger"))
                + ")");
        lines.add("why: " + Text.plain(receipt.path("reason")));
        lines.add("figures: " + figures(receipt.path("figures")));
        if (receipt.path("statistic").isNumber()) {
            lines.add("compared: " + number(receipt.path("statistic")) + threshold(receipt.path("threshold")));
        }
        if (receipt.path("budget").isObject()) {
            lines.add(budget(receipt.path("budget")));
        }
        lines.add(labels(receipt.path("labels")));
        lines.add(
                "under: settings of event " + Text.plain(receipt.path("policy").path("settings")) + ", digest "
                        + Text.digits(receipt.path("policy").path("digest")) + ", route epoch "
                        + Text.plain(receipt.path("epoch")));
        lines.add("did: " + act(receipt.path("act")));
        lines.add("check it: abgate replay " + Text.plain(receipt.path("id")));
        return String.join("\n", lines);
    }

    private static String subject(JsonNode receipt) {
        String model = Text.plain(receipt.path("model"));
        return receipt.path("version").asInt() == 0
                ? "of " + model
                : "of " + model + " version " + Text.plain(receipt.path("version"));
    }

    private static String word(JsonNode trigger) {
        return trigger.asText("").toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String figures(JsonNode figures) {
        List<String> parts = new ArrayList<>();
        figures.fields().forEachRemaining(field -> parts.add(field.getKey() + " " + number(field.getValue())));
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    private static String threshold(JsonNode threshold) {
        return threshold.isNumber() ? " with " + number(threshold) : "";
    }

    private static String budget(JsonNode budget) {
        return "error rate: taken back wrongly in its whole life with probability at most "
                + number(budget.path("alpha")) + "; staked so far " + number(budget.path("staked"))
                + ", bound from here on " + bound(budget.path("remaining"));
    }

    /** A version that is taken back has used up more than all of it. */
    private static String bound(JsonNode remaining) {
        return remaining.doubleValue() >= 1 ? "none" : number(remaining);
    }

    private static String labels(JsonNode labels) {
        String count = Text.plain(labels.path("count"));
        return labels.path("count").asLong() == 0
                ? "labels: none after event " + Text.plain(labels.path("after"))
                : "labels: " + count + ", entries " + Text.plain(labels.path("from")) + " to "
                        + Text.plain(labels.path("to")) + " of the ledger";
    }

    private static String act(JsonNode event) {
        return event.isObject()
                ? "event " + Text.plain(event.path("seq")) + ": " + Text.plain(event.path("summary"))
                : "nothing";
    }

    /** Six digits at most, which are enough for people; the receipt has every bit. */
    private static String number(JsonNode value) {
        return value.isIntegralNumber() || !value.isNumber()
                ? Text.plain(value)
                : Double.toString(Double.parseDouble(String.format(Locale.ROOT, "%.6g", value.doubleValue())));
    }

    /** Whether the ledger gives the same verdict again, and if not, where it differs. */
    static String replayed(JsonNode replay) {
        JsonNode receipt = replay.path("receipt");
        String what = "receipt " + Text.plain(receipt.path("id")) + " (" + Text.plain(receipt.path("verdict")) + " "
                + subject(receipt) + ")";
        String how = "computed again from " + begin(replay.path("from")) + ", " + Text.plain(replay.path("folded"))
                + " entries";
        if (replay.path("agrees").asBoolean()) {
            String state = replay.path("wholeState").asBoolean() ? ", state " + Text.digits(receipt.path("state")) : "";
            return what + " agrees to the last bit: " + how + state;
        }
        return what + " does not agree: " + how + "\n"
                + StreamSupport.stream(replay.path("differences").spliterator(), false)
                        .map(each -> "  " + Text.plain(each.path("field")) + ": " + Text.plain(each.path("receipt"))
                                + ", now " + Text.plain(each.path("replayed")))
                        .collect(Collectors.joining("\n"));
    }

    private static String begin(JsonNode from) {
        return from.asLong() == 0 ? "the beginning of the ledger" : "the checkpoint at " + from.asLong();
    }
}
