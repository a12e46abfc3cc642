package io.abgate.loadtest;

import io.abgate.loadtest.comparison.Threshold;
import io.abgate.loadtest.traffic.Keys;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Entry of the runnable jar. */
public final class Main {
    private Main() {}

    /** Runs the load test; the process ends with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    // a machine without memory must not look like a slow gateway, which is what the code of an uncaught error says
    private static int run(String[] arguments) {
        try {
            return commandLine().execute(arguments);
        } catch (Error e) {
            System.err.println(e);
            return ExitCode.NOT_RUN;
        }
    }

    /** The command line. */
    static CommandLine commandLine() {
        return new CommandLine(new LoadTest())
                .registerConverter(Duration.class, Conversions::duration)
                .registerConverter(Keys.class, Conversions::keys)
                .registerConverter(Threshold.class, Conversions::threshold)
                .registerConverter(Share.class, text -> new Share(Conversions.share(text)))
                .registerConverter(LatencyMargin.class, Conversions::latencyMargin)
                .registerConverter(FeedbackDelay.class, Conversions::feedbackDelay)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::refuse)
                .setExecutionExceptionHandler(Main::fail);
    }

    private static int refuse(ParameterException refusal, String[] arguments) {
        refusal.getCommandLine().getErr().println(refusal.getMessage() + " (see: loadtest --help)");
        return ExitCode.USAGE;
    }

    private static int fail(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println(failure instanceof CannotRunException ? failure.getMessage() : failure.toString());
        return ExitCode.NOT_RUN;
    }
}
