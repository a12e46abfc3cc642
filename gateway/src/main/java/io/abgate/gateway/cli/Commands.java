package io.abgate.gateway.cli;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
     * @param called name of the subcommand that will be called, if any: it alone is made then, as all of them take a
     *     fifth of a second
     * @param more subcommands beside those that are HTTP clients: objects with picocli's {@code @Command}
     */
    public static CommandLine commandLine(String called, Object... more) {
        return commandLine(called, Gateway.of(System.getenv()), more);
    }

    static CommandLine commandLine(String called, Gateway gateway, Object... more) {
        List<Object> clients = Stream.of(
                        forApplications(gateway), forLooking(gateway), forOperating(gateway), forKeeping())
                .flatMap(List::stream)
                .toList();
        List<Object> all = Stream.concat(Stream.of(more), clients.stream()).toList();
        List<Object> one =
                all.stream().filter(command -> name(command).equals(called)).toList();
        CommandLine commandLine = new CommandLine(new Abgate());
        for (Object command : one.isEmpty() ? all : one) {
            commandLine.addSubcommand(clients.contains(command) ? withHelp(command) : command);
        }
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Commands::refuse)
                .setExecutionExceptionHandler(Commands::fail);
    }

    private static String name(Object command) {
        return command.getClass().getAnnotation(Command.class).name();
    }

    private static CommandLine withHelp(Object client) {
        CommandLine command = new CommandLine(client);
        addHelp(command);
        command.getSubcommands().values().forEach(Commands::addHelp);
        return command;
    }

    private static void addHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
    }

    private static List<Object> forApplications(Gateway gateway) {
        return List.of(new PredictCommand(gateway), new FeedbackCommand(gateway), new ReplayCommand(gateway));
    }

    private static List<Object> forLooking(Gateway gateway) {
        return List.of(
                new StatusCommand(gateway),
                new VersionsCommand(gateway),
                new JobCommand(gateway),
                new BufferCommand(gateway),
                new AuditCommand(gateway),
                new EventsCommand(gateway),
                new HistoryCommand(gateway),
                new AssignmentCommand(gateway),
                new ExplainCommand(gateway),
                new ReceiptCommand(gateway),
                new NodeCommand(gateway),
                new SuitesCommand(gateway),
                new CheckCommand(gateway),
                new HealthCommand(gateway),
                new VerifyCommand(gateway));
    }

    private static List<Object> forOperating(Gateway gateway) {
        return List.of(
                new RegisterCommand(gateway),
                new PromoteCommand(gateway),
                new RollbackCommand(gateway),
                new AbortCommand(gateway),
                new RetrainCommand(gateway),
                new ReleaseCommand(gateway),
                new ApproveCommand(gateway),
                new DropCommand(gateway),
                new PauseCommand(gateway),
                new ResumeCommand(gateway),
                new RoutingCommand(gateway),
                new OverrideCommand(gateway),
                new DrillCommand(gateway),
                new VoidCommand(gateway));
    }

    private static List<Object> forKeeping() {
        return List.of(new BackupCommand(), new RestoreCommand(), new KeysCommand(InstantSource.system()));
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
