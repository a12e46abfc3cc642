package io.abgate.gateway.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the command line together: errors are one line, exit code 1, or 2 when the call itself is wrong. */
public final class Commands {
    private Commands() {}

    /**
     * The command line {@code abgate}, which talks to the gateway that {@code ABGATE_URL} and {@code ABGATE_DATA_URL}
     * name.
     *
     * @param more subcommands beside those that are HTTP clients: objects with picocli's {@code @Command}
     */
    public static CommandLine commandLine(Object... more) {
        return commandLine(Gateway.of(System.getenv()), more);
    }

    static CommandLine commandLine(Gateway gateway, Object... more) {
        CommandLine commandLine = new CommandLine(new Abgate());
        List.of(more).forEach(commandLine::addSubcommand);
        clients(gateway).forEach(client -> commandLine.addSubcommand(withHelp(client)));
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Commands::refuse)
                .setExecutionExceptionHandler(Commands::fail);
    }

    private static CommandLine withHelp(Object client) {
        CommandLine command = new CommandLine(client);
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        return command;
    }

    private static List<Object> clients(Gateway gateway) {
        return List.of(
                new StatusCommand(gateway),
                new VersionsCommand(gateway),
                new RegisterCommand(gateway),
                new PredictCommand(gateway),
                new FeedbackCommand(gateway),
                new PromoteCommand(gateway),
                new RollbackCommand(gateway),
                new AbortCommand(gateway),
                new RetrainCommand(gateway),
                new PauseCommand(gateway),
                new ResumeCommand(gateway),
                new RoutingCommand(gateway),
                new EventsCommand(gateway),
                new JobCommand(gateway),
                new ReplayCommand(gateway));
    }

    private static int refuse(ParameterException refusal, String[] arguments) {
        CommandLine command = refusal.getCommandLine();
        String help = " (see: " + command.getCommandSpec().qualifiedName() + " --help)";
        command.getErr().println(refusal.getMessage() + suggestion(refusal) + help);
        return CommandLine.ExitCode.USAGE;
    }

    private static String suggestion(ParameterException refusal) {
        return refusal instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? ", did you mean " + unmatched.getSuggestions().get(0) + "?"
                : "";
    }

    private static int fail(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        String message = failure.getMessage();
        err.println(message == null || message.isBlank() ? failure.toString() : message);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
