package io.abgate.gateway.cli;

import io.abgate.gateway.client.Server;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lets people send a write again without its being done twice. */
final class AtMostOnce {
    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Do it at most once under this key, however often it is sent.")
    private @Nullable String key;

    /** A listener that is asked under the key, if there is one. */
    Server on(Server admin) {
        if (key == null) {
            return admin;
        }
        if (!KEY.matcher(key).matches()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--idempotency-key: " + key + " (expected: 1 to 255 visible ASCII characters)");
        }
        return admin.under(key);
    }
}
