package io.abgate.loadtest;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The runnable jar in a process of its own, on the JVM that runs the test; it ends with the test at the latest. */
final class ChildProcess implements AutoCloseable {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final Process process;
    private final Path out;
    private final Path err;

    private ChildProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts {@code abgate} with these arguments; whatever the machine's environment says is kept from it. */
    static ChildProcess start(String... arguments) {
        return start(Launch.QUICK, arguments);
    }

    /** Starts it in this way, as {@code bin/abgate} does with the archive of its classes. */
    static ChildProcess start(Launch launch, String... arguments) {
        Path jar = Path.of(System.getProperty("abgate.jar")).normalize();
        String archive = "-XX:SharedArchiveFile=" + jar.resolveSibling("abgate.jsa");
        return start(
                launch,
                List.of(
                        archive,
                        "-Xlog:disable",
                        "-Xlog:all=error:stderr",
                        "-Xlog:cds=off:stderr",
                        "-jar",
                        jar.toString()),
                arguments);
    }

    /** Starts another program of these tests. */
    static ChildProcess startMain(Launch launch, Class<?> program, String... arguments) {
        return start(launch, List.of("-cp", System.getProperty("java.class.path"), program.getName()), arguments);
    }

    /** Starts a program of the machine. */
    static ChildProcess startCommand(String... command) {
        return startCommand(Map.of(), command);
    }

    /** Starts one with these variables. */
    static ChildProcess startCommand(Map<String, String> environment, String... command) {
        return start(List.of(command), environment);
    }

    private static ChildProcess start(Launch launch, List<String> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA.toString()));
        command.addAll(launch.options());
        command.addAll(program);
        command.addAll(List.of(arguments));
        return start(command, launch.environment());
    }

    private static ChildProcess start(List<String> command, Map<String, String> environment) {
        try {
            Path out = temporary("out");
            Path err = temporary("err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.redirectInput(new File("/dev/null"));
            clean(builder.environment());
            builder.environment().putAll(environment);
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // whoever runs the tests may be ended
            return new ChildProcess(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary(String name) throws IOException {
        Path file = Files.createTempFile("abgate-test-", "." + name);
        file.toFile().deleteOnExit();
        return file;
    }

    private static void clean(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("ABGATE_") || name.endsWith("JAVA_OPTIONS"));
        environment.remove("JAVA_TOOL_OPTIONS");
    }

    /** What it has printed so far. */
    String out() {
        return read(out);
    }

    /** What it has complained of so far. */
    String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code; fails when the process does not end by itself in time. */
    int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("not ended within " + patience + "\n" + out() + err());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** SIGTERM: asks it to end. */
    void terminate() {
        process.destroy();
    }

    /** SIGSTOP: keeps it from doing anything, connections open. */
    void freeze() {
        signal("-STOP");
    }

    /** SIGCONT: lets it go on where it was. */
    void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        if (!SystemCommand.succeeds("kill", signal, String.valueOf(process.pid()))) {
            throw new AssertionError("kill " + signal + " failed");
        }
    }

    /** SIGKILL: ends it in the middle of whatever it does. */
    void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
