package io.abgate.gateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;

/** The terminal: sentences that stay, and one line below them that changes where somebody can see it change. */
final class Screen {
    private static final int BAR = 30;
    private static final String CLEAR = "\r\033[K";

    private final PrintWriter out;
    private final boolean live;

    /**
     * A screen.
     *
     * @param live whether a terminal is there, on which a line can change
     */
    Screen(PrintWriter out, boolean live) {
        this.out = out;
        this.live = live;
    }

    void say(String line) {
        out.println(live ? CLEAR + line : line);
        out.flush();
    }

    /** Something happened after a mail had arrived. */
    void event(int mail, String sentence) {
        say(String.format(Locale.ROOT, "  mail %,5d  %s", mail, sentence));
    }

    void progress(int mail, int last, Score score) {
        if (live) {
            Score.Stretch now = score.current();
            out.printf(
                    Locale.ROOT,
                    "%s  %s mail %,d of %,d   of the last %d: served %.1f %% right, first version frozen %.1f %%",
                    CLEAR,
                    bar(mail, last),
                    mail,
                    last,
                    now.mails(),
                    100 * now.servedAccuracy(),
                    100 * now.frozenAccuracy());
            out.flush();
        }
    }

    void training(JsonNode job) {
        if (live && job.path("epoch").isNumber()) {
            int epoch = job.path("epoch").asInt();
            int epochs = job.path("epochs").asInt();
            out.printf(
                    Locale.ROOT,
                    "%s  %s training %d: epoch %d of %d, loss %.4f",
                    CLEAR,
                    bar(epoch, epochs),
                    job.path("id").asInt(),
                    epoch,
                    epochs,
                    job.path("loss").asDouble());
            out.flush();
        }
    }

    private static String bar(int done, int all) {
        int full = Math.min(BAR, (int) ((long) BAR * done / Math.max(1, all)));
        return "█".repeat(full) + "░".repeat(BAR - full);
    }
}
