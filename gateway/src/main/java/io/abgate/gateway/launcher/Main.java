package io.abgate.gateway.launcher;

import io.abgate.gateway.cli.Commands;

/** Entry of the runnable jar. */
public final class Main {
    private Main() {}

    /** Runs one command; the process ends with its exit code. */
    public static void main(String[] arguments) {
        String called = arguments.length == 0 ? "" : arguments[0];
        System.exit(Commands.commandLine(called, new ServeCommand(), new DemoCommand())
                .execute(arguments));
    }
}
