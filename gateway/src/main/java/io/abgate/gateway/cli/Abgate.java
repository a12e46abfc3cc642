package io.abgate.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root command: shows what there is. */
@Command(
        name = "abgate",
        description = "The gateway between applications and the versions of their models.",
        mixinStandardHelpOptions = true,
        versionProvider = Abgate.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Commands talk to ABGATE_URL (operators, default " + Gateway.ADMIN_URL + ")",
            "and ABGATE_DATA_URL (applications, default " + Gateway.DATA_URL + ")."
        })
final class Abgate implements Callable<Integer> {
    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        command.commandLine().usage(command.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    /** Reads the version from the manifest of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Abgate.class.getPackage().getImplementationVersion();
            return new String[] {"abgate " + (version == null ? "(development)" : version)};
        }
    }
}
