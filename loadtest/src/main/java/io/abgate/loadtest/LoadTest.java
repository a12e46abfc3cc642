package io.abgate.loadtest;

import io.abgate.gateway.client.Interruption;
import io.abgate.loadtest.comparison.Comparer;
import io.abgate.loadtest.data.Row;
import io.abgate.loadtest.report.Report;
import io.abgate.loadtest.report.TextReport;
import io.abgate.loadtest.statistics.Verdict;
import io.abgate.loadtest.traffic.Load;
import io.abgate.loadtest.traffic.Plan;
import io.abgate.loadtest.traffic.Run;
import io.abgate.loadtest.traffic.TrafficSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command: checks, measures, judges, reports. */
@Command(
        name = "loadtest",
        description = {
            "Sends requests at a rate, whatever becomes of them, and measures latency from when each was to be sent;",
            "compares versions by latency, accuracy and errors, with intervals."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Exit codes: 0 fine; 1 a threshold missed, a candidate worse, or no request answered; 2 wrong call;",
            "3 nothing measured; 4 not valid: the load test itself could not keep up (lower --rate, or give it a"
                    + " processor",
            "of its own), or versions did not get their --shares (give those in force)."
        })
final class LoadTest implements Callable<Integer> {
    /** To say on Ctrl-C what was measured, after labels that are late have been given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private TrafficOptions traffic = new TrafficOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private CompareOptions compare = new CompareOptions();

    @Mixin
    private ReportOptions output = new ReportOptions();

    @Override
    public Integer call() {
        WrongCall wrongCall = new WrongCall(command);
        TrafficSettings settings = traffic.settings(wrongCall);
        Optional<Comparer> comparer = compare.comparer(wrongCall);
        data.check(wrongCall);
        output.check(wrongCall, settings.timeout(), compare.pinned());
        Target target = Target.of(traffic.url(), traffic.model());
        List<Row> rows = data.rows(traffic.model(), target.tensor());
        target.probe(rows.get(0), compare.pinned());
        Bar bar = new Bar(command.commandLine().getErr(), Ansi.AUTO.enabled());
        Plan plan = new Plan(rows.size(), compare.pinned(), traffic.keys(), traffic.seed());
        Load load = new Load(settings, target.requests(rows), plan, bar);
        Interruption interruption = new Interruption(load::stop, PATIENCE);
        try {
            Run run = await(load);
            bar.end();
            return report(Judge.report(run, described(rows.size()), comparer, output.thresholds()));
        } finally {
            interruption.end();
            load.close().onFailure(failure -> command.commandLine().getErr().println(failure));
        }
    }

    private static Run await(Load load) {
        try {
            return load.run().toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new CannotRunException("the load test itself failed: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRunException("interrupted");
        }
    }

    private Map<String, String> described(int rows) {
        Map<String, String> settings = new LinkedHashMap<>();
        traffic.describe(settings);
        data.describe(settings, rows);
        compare.describe(settings);
        return settings;
    }

    private int report(Report report) {
        if (report.all().arrivals() == 0) {
            throw new CannotRunException("nothing measured: "
                    + (report.run().wasStopped() ? "stopped in the warm-up" : "no request was due within --duration"));
        }
        PrintWriter out = command.commandLine().getOut();
        out.println(TextReport.of(report));
        boolean isWritten = write(report, out);
        out.flush();
        int code = judged(report);
        return code == ExitCode.FINE && !isWritten ? ExitCode.NOT_RUN : code;
    }

    // a full disk is no reason to forget what thresholds say
    private boolean write(Report report, PrintWriter out) {
        try {
            output.write(report).forEach(file -> out.println("written: " + file));
            return true;
        } catch (CannotRunException e) {
            command.commandLine().getErr().println(e.getMessage());
            return false;
        }
    }

    private int judged(Report report) {
        if (report.all().served() == 0) {
            return ExitCode.MISSED;
        }
        Judge.neverServed(report).ifPresent(version -> {
            throw new CannotRunException("--compare: version " + version
                    + " answered no request (expected: versions that" + " the gateway gives traffic to)");
        });
        if (Judge.isInvalid(report)) {
            return ExitCode.NOT_VALID;
        }
        boolean isMissed = report.thresholds().stream().anyMatch(kept -> !kept.isKept())
                || has(report, Verdict.WORSE)
                || (compare.failsUndecided() && has(report, Verdict.UNDECIDED));
        return isMissed ? ExitCode.MISSED : ExitCode.FINE;
    }

    private static boolean has(Report report, Verdict verdict) {
        return report.comparison().map(comparison -> comparison.has(verdict)).orElse(false);
    }
}
