package io.abgate.gateway;

import io.abgate.registry.domain.AlertLimits;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Labelling;
import io.abgate.registry.domain.ModelSettings;
import io.abgate.registry.domain.ModelSettings.Data;
import io.abgate.registry.domain.ModelSettings.Drop;
import io.abgate.registry.domain.ModelSettings.Gate;
import io.abgate.registry.domain.ModelSettings.Monitor;
import io.abgate.registry.domain.ModelSettings.Pinning;
import io.abgate.registry.domain.ModelSettings.Promotion;
import io.abgate.registry.domain.ModelSettings.Rollout;
import io.abgate.registry.domain.ModelSettings.Routing;
import io.abgate.registry.domain.ModelSettings.Rows;
import io.abgate.registry.domain.ModelSettings.Serving;
import io.abgate.registry.domain.ModelSettings.Start;
import io.abgate.registry.domain.ModelSettings.Training;
import io.abgate.registry.domain.Restraint;
import io.abgate.registry.domain.RouteTable;
import io.abgate.registry.domain.RoutedVersion;
import io.abgate.registry.domain.RoutingMode;
import io.abgate.registry.domain.Stage;
import io.abgate.registry.domain.Stopping;
import io.abgate.registry.domain.TensorSpec;
import java.util.List;

/** Settings and tables for tests. */
public final class Models {
    /** One more than any that is served: registered, but in no stage that answers. */
    static final int NEWEST = 7;

    public static final TensorSpec TEXT = new TensorSpec("text", Datatype.BYTES, List.of(-1L, 1L));
    public static final TensorSpec PIXELS = new TensorSpec("pixels", Datatype.FP64, List.of(-1L, 3L));
    public static final TensorSpec CONTEXT = new TensorSpec("context", Datatype.BYTES, List.of(-1L, -1L));
    public static final int MAIL_ID = 3;
    public static final int DEADLINE_MILLIS = 150;

    private static final Rows NO_ROWS = new Rows(0, 0);

    private Models() {}

    public static ModelSettings mail() {
        return of("mail", TEXT, new Serving(DEADLINE_MILLIS, Pinning.HONOUR, 0));
    }

    public static ModelSettings mail(Pinning pinning) {
        return of("mail", TEXT, new Serving(DEADLINE_MILLIS, pinning, 0));
    }

    public static ModelSettings sampledMail(int samplesPerSecond) {
        return of("mail", TEXT, new Serving(DEADLINE_MILLIS, Pinning.HONOUR, samplesPerSecond));
    }

    /** The same where evidence promotes, so that versions are compared on the same requests. */
    public static ModelSettings pairedMail(int samplesPerSecond) {
        return of(
                "mail",
                TEXT,
                new Serving(DEADLINE_MILLIS, Pinning.HONOUR, samplesPerSecond),
                new Labelling(7),
                Promotion.EVIDENCE);
    }

    /** Nothing is sampled but what is asked for. */
    public static ModelSettings auditedMail(int oneIn) {
        return of(
                "mail",
                TEXT,
                new Serving(DEADLINE_MILLIS, Pinning.HONOUR, 0),
                new Labelling(7, Labelling.MEASURED, oneIn));
    }

    public static ModelSettings digits() {
        return of("digits", PIXELS, new Serving(DEADLINE_MILLIS, Pinning.HONOUR, 0));
    }

    public static ModelSettings nextWord() {
        return of("next-word", CONTEXT, new Serving(DEADLINE_MILLIS, Pinning.HONOUR, 0));
    }

    /** Fixed shares for the mail model. */
    public static RouteTable table(long epoch, RoutedVersion... versions) {
        return table("mail", epoch, RoutingMode.SPLIT, versions);
    }

    public static RouteTable table(String model, long epoch, RoutingMode mode, RoutedVersion... versions) {
        return new RouteTable(model, MAIL_ID, epoch, mode, "salt", List.of(versions), NEWEST);
    }

    /** A version whose artifact is called {@code shaN}. */
    public static RoutedVersion version(int number, Stage stage, double share) {
        return new RoutedVersion(number, stage, share, "sha" + number);
    }

    private static ModelSettings of(String name, TensorSpec input, Serving serving) {
        return of(name, input, serving, new Labelling(7));
    }

    private static ModelSettings of(String name, TensorSpec input, Serving serving, Labelling labelling) {
        return of(name, input, serving, labelling, Promotion.MANUAL);
    }

    private static ModelSettings of(
            String name, TensorSpec input, Serving serving, Labelling labelling, Promotion promotion) {
        return new ModelSettings(
                name,
                FakeModel.LABELS,
                input,
                "{\"format\":\"abgate/dense-v1\"}",
                new Data("none", "text", "label", NO_ROWS, NO_ROWS, NO_ROWS),
                new Training(
                        1,
                        0.1,
                        0,
                        Start.FRESH,
                        1,
                        0,
                        1,
                        0,
                        1,
                        new Drop(0, 0.1, 0.05, 3),
                        Restraint.DEFAULT,
                        Stopping.DEFAULT),
                new Gate(0, 0, 1),
                new Rollout(promotion, 1, 0.05, 0.05),
                new Routing(RoutingMode.SPLIT, 0.05, 1),
                serving,
                labelling,
                new Monitor(0, new AlertLimits(0.15, 0, 0.20, 0.20, 1.0, 2.0, 0.05), 0.10, 0.05, 3, 300),
                List.of());
    }
}
