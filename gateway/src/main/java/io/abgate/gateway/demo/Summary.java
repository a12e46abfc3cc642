package io.abgate.gateway.demo;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The table at the end. */
final class Summary {
    private static final String RULE = "  " + "─".repeat(74);
    private static final Map<String, String> WORDS = Map.of(
            "PROMOTED", "promoted",
            "ROLLED_BACK", "rolled back",
            "REJECTED", "rejected by the gate",
            "QUARANTINED", "quarantined in shadow");

    private Summary() {}

    static void print(Screen screen, Score score, Chronicle chronicle) {
        screen.say("");
        screen.say(row("mails", "served", "first version frozen", "difference"));
        screen.say(RULE);
        score.stretches().forEach(stretch -> screen.say(row(stretch)));
        screen.say(RULE);
        screen.say(row(score.total()));
        screen.say("");
        screen.say(String.format(Locale.ROOT, "  %-24s %8s %10s %8s", "decision", "version", "after mail", "labels"));
        screen.say(RULE);
        decisions(chronicle)
                .forEach(decision -> screen.say(String.format(
                        Locale.ROOT,
                        "  %-24s %8d %,10d %8s",
                        WORDS.get(decision.type()),
                        decision.version(),
                        decision.mail(),
                        decision.labels() == 0 ? "–" : String.valueOf(decision.labels()))));
        screen.say(RULE);
        screen.say(String.format(
                Locale.ROOT,
                "  promotions: %d, rollbacks: %d, rejected by the gate: %d, quarantined in shadow: %d",
                count(chronicle, "PROMOTED"),
                count(chronicle, "ROLLED_BACK"),
                count(chronicle, "REJECTED"),
                count(chronicle, "QUARANTINED")));
    }

    /** All but the promotion of the first version, which nothing was compared with. */
    private static Stream<Chronicle.Decision> decisions(Chronicle chronicle) {
        return chronicle.decisions().stream()
                .filter(decision -> decision.version() > 1 || !decision.type().equals("PROMOTED"));
    }

    private static long count(Chronicle chronicle, String type) {
        return decisions(chronicle)
                .filter(decision -> decision.type().equals(type))
                .count();
    }

    private static String row(Score.Stretch stretch) {
        return row(
                String.format(Locale.ROOT, "%,d – %,d", stretch.from(), stretch.from() + stretch.mails() - 1),
                percent(stretch.servedAccuracy()),
                percent(stretch.frozenAccuracy()),
                String.format(
                        Locale.ROOT, "%+.1f points", 100 * (stretch.servedAccuracy() - stretch.frozenAccuracy())));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String row(String mails, String served, String frozen, String difference) {
        return String.format(Locale.ROOT, "  %-16s %12s %24s %18s", mails, served, frozen, difference);
    }
}
