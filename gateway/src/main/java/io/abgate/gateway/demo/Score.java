package io.abgate.gateway.demo;

import java.util.ArrayList;
import java.util.List;

/** Who was right how often: what was served, and the first version frozen, over all mails and by stretches. */
final class Score {
    static final int STRETCH = 500;

    private final List<Stretch> stretches = new ArrayList<>();
    private final int first;
    private int mails;
    private int served;
    private int frozen;

    /**
     * A stretch of mails.
     *
     * @param from number of its first mail
     */
    record Stretch(int from, int mails, int served, int frozen) {
        double servedAccuracy() {
            return (double) served / mails;
        }

        double frozenAccuracy() {
            return (double) frozen / mails;
        }

        private Stretch plus(boolean servedRight, boolean frozenRight) {
            return new Stretch(from, mails + 1, served + (servedRight ? 1 : 0), frozen + (frozenRight ? 1 : 0));
        }
    }

    Score(int first) {
        this.first = first;
    }

    void add(boolean servedRight, boolean frozenRight) {
        if (mails % STRETCH == 0) {
            stretches.add(new Stretch(first + mails, 0, 0, 0));
        }
        stretches.set(stretches.size() - 1, current().plus(servedRight, frozenRight));
        mails++;
        served += servedRight ? 1 : 0;
        frozen += frozenRight ? 1 : 0;
    }

    /** The stretch that the newest mail is in. */
    Stretch current() {
        return stretches.get(stretches.size() - 1);
    }

    List<Stretch> stretches() {
        return List.copyOf(stretches);
    }

    Stretch total() {
        return new Stretch(first, mails, served, frozen);
    }

    /** By how much the frozen version's accuracy fell from its first stretch to its worst whole one. */
    double decay() {
        double worst = stretches.stream()
                .filter(stretch -> stretch.mails() == STRETCH)
                .mapToDouble(Stretch::frozenAccuracy)
                .min()
                .orElse(Double.NaN);
        return stretches.get(0).frozenAccuracy() - worst;
    }
}
