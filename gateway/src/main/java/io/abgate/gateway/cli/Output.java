package io.abgate.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.abgate.gateway.client.Answer;
import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a command prints: text for people, or the answer as it came. */
final class Output {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--json", description = "Print the answer as it came.")
    private boolean json;

    boolean isJson() {
        return json;
    }

    PrintWriter writer() {
        return command.commandLine().getOut();
    }

    /** Tells how it goes, beside what is printed in the end. */
    void progress(String text) {
        PrintWriter err = command.commandLine().getErr();
        err.println(text);
        err.flush();
    }

    /** What to throw when the call itself is wrong. */
    ParameterException wrongCall(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /** Prints an answer. */
    void print(Answer answer, Function<JsonNode, String> forPeople) {
        line(json ? answer.text().strip() : forPeople.apply(answer.json()));
    }

    /** Prints a line, or several, at once visible. */
    void line(String text) {
        writer().println(text);
        writer().flush();
    }
}
