package io.abgate.gateway.demo;

import io.abgate.gateway.client.Prediction;
import io.abgate.gateway.client.Server;
import io.abgate.model.ModelFormats;
import io.abgate.model.worker.TrainingJob;
import io.abgate.registry.contract.Inspection;
import io.abgate.registry.contract.TrainOrder;
import io.abgate.registry.domain.Example;
import io.abgate.registry.domain.ModelSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Real mail in the order in which it arrived, through real HTTP, with labels fifty mails late: a version is trained,
 * serves, decays, is retrained and replaced; a harmful retraining is refused; a version trained on flipped labels is put
 * in canary and taken back by the evidence.
 */
public final class Demo {
    /** After this mail an operator orders the harmful retraining. */
    private static final int HARMFUL_AFTER = 2_000;

    private static final int HARMFUL_EPOCHS = 20;
    private static final double HARMFUL_RATE = 5.0;
    /** After this mail an operator puts the version trained on flipped labels in canary, once no other one is. */
    private static final int FLIPPED_AFTER = 3_000;

    /** So many mails later the operator waits for it no longer. */
    private static final int PATIENCE = 500;

    private static final double FLIPPED_SHARE = 0.2;
    private static final int TRAINED_ON = 1_000;
    private static final double LEAST_DECAY = 0.10;
    private static final double LEAST_GAIN = 0.07;

    private final ModelSettings settings;
    private final List<Example> mails;
    private final Registry registry;
    private final Server data;
    private final Screen screen;
    private final double mailsPerSecond;
    private final Chronicle chronicle;
    private int flipped;
    private int harmful;

    /**
     * A demo on a gateway that has just been started for the first time.
     *
     * @param mails the whole data set, in order
     * @param live whether a terminal is there, on which a line can change
     * @param mailsPerSecond infinite for as fast as it goes
     */
    public Demo(
            ModelSettings settings,
            List<Example> mails,
            Server admin,
            Server data,
            PrintWriter out,
            boolean live,
            double mailsPerSecond) {
        this.settings = settings;
        this.mails = List.copyOf(mails);
        this.registry = new Registry(admin, settings.name());
        this.data = data;
        this.screen = new Screen(out, live);
        this.mailsPerSecond = mailsPerSecond;
        this.chronicle = new Chronicle(registry, screen);
    }

    /** Tells the story; gives whether every act happened. */
    public boolean run() throws InterruptedException {
        int first = settings.data().replay().from();
        screen.say("  A first version is trained on the first " + String.format(Locale.ROOT, "%,d", first) + " mails.");
        registry.awaitSettled(0, screen::training);
        chronicle.read(first);
        Score score = new Score(first);
        play(score);
        Summary.print(screen, score, chronicle);
        return verdict(score);
    }

    private void play(Score score) throws InterruptedException {
        FrozenVersion frozen = new FrozenVersion(registry.artifact(1));
        Mailbox mailbox = new Mailbox(data, settings.name());
        long start = System.nanoTime();
        for (int mail = settings.data().replay().from(); mail < mails.size(); mail++) {
            awaitTurn(start, mailbox.asked());
            Prediction prediction = mailbox.arrives(mails.get(mail));
            boolean right = prediction.label().equals(mails.get(mail).truth());
            score.add(right, frozen.isRight(mails.get(mail)));
            if (mailbox.hasLabels()) {
                report(mailbox, mail);
            }
            act(mailbox, mail);
            screen.progress(mail, mails.size() - 1, score);
        }
        while (mailbox.hasLabelsLeft()) {
            report(mailbox, mails.size() - 1);
        }
    }

    private void awaitTurn(long start, int asked) throws InterruptedException {
        long due = start + (long) (asked / mailsPerSecond * TimeUnit.SECONDS.toNanos(1));
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
    }

    private void report(Mailbox mailbox, int mail) throws InterruptedException {
        registry.awaitSettled(mailbox.asked(), screen::training);
        mailbox.reportLabels();
        settle(mailbox, mail);
    }

    private void settle(Mailbox mailbox, int mail) throws InterruptedException {
        registry.awaitSettled(mailbox.asked(), screen::training);
        chronicle.read(mail);
    }

    private void act(Mailbox mailbox, int mail) throws InterruptedException {
        if (mail == HARMFUL_AFTER) {
            screen.event(mail, "An operator orders a harmful retraining: full batch at rate 5.0 for 20 epochs.");
            registry.retrain(labelled(mail), HARMFUL_EPOCHS, HARMFUL_RATE, "an operator's experiment at rate 5.0");
            settle(mailbox, mail);
            harmful = chronicle.newest("REJECTED");
        } else if (mail >= FLIPPED_AFTER && flipped == 0 && isFree(mail)) {
            screen.event(mail, "An operator gives a fifth of the mail to a version trained on flipped labels.");
            flipped = registry.register(trainedOnFlippedLabels(labelled(mail)), "trained on flipped labels");
            registry.canary(flipped, FLIPPED_SHARE, "the operator trusts it");
            settle(mailbox, mail);
        }
    }

    /** Whether no canary is in the way; one that stays undecided is ended. */
    private boolean isFree(int mail) {
        boolean busy = registry.hasCanary();
        if (busy && mail >= FLIPPED_AFTER + PATIENCE) {
            screen.event(mail, "An operator ends the canary that runs.");
            registry.abort("room for another one");
            return true;
        }
        return !busy;
    }

    /** The newest mails whose labels are known. */
    private List<Example> labelled(int mail) {
        int to = mail - Mailbox.LABEL_DELAY;
        return mails.subList(to - TRAINED_ON, to);
    }

    private byte[] trainedOnFlippedLabels(List<Example> rows) {
        List<String> labels = settings.labels();
        List<Example> wrong = new ArrayList<>();
        for (Example row : rows) {
            int next = (labels.indexOf(row.truth()) + 1) % labels.size();
            wrong.add(new Example(row.input(), labels.get(next)));
        }
        ModelSettings.Training training = settings.training();
        TrainOrder.Plan plan =
                new TrainOrder.Plan(training.epochs(), training.learningRate(), training.batch(), training.seed());
        TrainOrder order = new TrainOrder(
                0, settings.name(), null, false, settings.blueprint(), wrong, List.of(), plan, List.of());
        Inspection trained = new TrainingJob(order, "demo", ModelFormats.installed())
                .run((epoch, epochs, loss) -> {})
                .trained();
        return Objects.requireNonNull(trained, "training on flipped labels gave no version")
                .bytes();
    }

    private boolean verdict(Score score) {
        Score.Stretch total = score.total();
        double gain = total.servedAccuracy() - total.frozenAccuracy();
        List<String> missing = new ArrayList<>();
        check(score.decay() >= LEAST_DECAY, "the frozen first version decays by 10 points", missing);
        check(
                chronicle.decisions().stream().anyMatch(d -> d.type().equals("PROMOTED") && d.version() > 1),
                "a retrained version is promoted",
                missing);
        check(harmful > 0, "the harmful retraining is rejected", missing);
        check(flipped > 0 && chronicle.has("ROLLED_BACK", flipped), "the flipped version is rolled back", missing);
        check(gain >= LEAST_GAIN, "what is served is 7 points better than the frozen version", missing);
        screen.say("");
        screen.say(missing.isEmpty() ? "  Every act happened." : "  Did not happen: " + String.join("; ", missing));
        return missing.isEmpty();
    }

    private static void check(boolean happened, String act, List<String> missing) {
        if (!happened) {
            missing.add(act);
        }
    }
}
