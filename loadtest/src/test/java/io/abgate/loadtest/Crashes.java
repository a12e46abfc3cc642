package io.abgate.loadtest;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** A process on one home that is killed at random moments while a crew uses it, and started again. */
final class Crashes {
    private static final int ONE_START_IN = 5;
    private static final int START_MILLIS = 2_500;
    private static final int BUSY_MILLIS = 1_500;

    private final Path home;
    private final String[] arguments;
    private final Random random;
    private final Runnable meanwhile;
    private int kills;

    /**
     * A process that keeps its truth in this database.
     *
     * @param meanwhile what happens after each kill at work, before the next start
     */
    Crashes(Path home, Database database, Random random, Runnable meanwhile) {
        this.home = home;
        this.arguments = Sides.and(database.settings());
        this.random = random;
        this.meanwhile = meanwhile;
    }

    /** Kills it so many times; after every start everything that was acknowledged has to be there once. */
    Crew.Acknowledged run(int rounds) throws IOException {
        dieWhileStarting(); // in the middle of making the database too
        Serving serving = start();
        try {
            Crew crew = new Crew(serving.client(), random);
            while (kills < rounds) {
                dieAtWork(serving, crew);
                meanwhile.run();
                if (kills < rounds && random.nextInt(ONE_START_IN) == 0) {
                    dieWhileStarting();
                }
                serving = start();
                crew.check(serving.client());
            }
            crew.checkEverything(serving.client());
            return crew.acknowledged();
        } finally {
            serving.close();
        }
    }

    private Serving start() {
        return Serving.start(home, arguments).awaitSettled();
    }

    private void dieWhileStarting() {
        killAfter(Serving.start(home, arguments), random.nextInt(START_MILLIS));
    }

    private void dieAtWork(Serving serving, Crew crew) throws IOException {
        int millis = random.nextInt(BUSY_MILLIS);
        crew.worksWhile(serving.client(), () -> killAfter(serving, millis));
    }

    /** The moment is a random one on purpose: nothing is waited for. */
    private void killAfter(Serving serving, int millis) {
        await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
        serving.process().kill();
        kills++;
    }
}
