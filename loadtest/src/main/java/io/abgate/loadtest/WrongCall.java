package io.abgate.loadtest;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refuses options that are well-formed and yet make no sense. */
record WrongCall(CommandSpec command) {
    void unless(boolean holds, String message) {
        if (!holds) {
            throw because(message);
        }
    }

    ParameterException because(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
