package io.abgate.loadtest;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A proxy of others that splits traffic before a model server, with files of its own, on loopback; it ends with the test. */
final class Peer implements AutoCloseable {
    private static final Path TEMPLATES = Path.of("peers");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final int port;
    private final ChildProcess process;

    private Peer(String name, int port, ChildProcess process) {
        this.name = name;
        this.port = port;
        this.process = process;
    }

    /** Those that are installed here, each before the model server at this port. */
    static List<Peer> start(Path folder, int server) throws IOException {
        List<Peer> peers = new ArrayList<>();
        if (isInstalled("nginx")) {
            int port = FreePorts.take(1).get(0);
            Path files = configuration(folder, "nginx.conf", port, server);
            String log = files.resolveSibling("error.log").toString();
            peers.add(new Peer("nginx", port, ChildProcess.startCommand("nginx", "-e", log, "-c", files.toString())));
        }
        if (isInstalled("haproxy")) {
            int port = FreePorts.take(1).get(0);
            Path files = configuration(folder, "haproxy.cfg", port, server);
            peers.add(new Peer("HAProxy", port, ChildProcess.startCommand("haproxy", "-db", "-f", files.toString())));
        }
        return peers;
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static Path configuration(Path folder, String template, int port, int server) throws IOException {
        Path own = Files.createDirectories(folder.resolve("of-" + template));
        String text = Files.readString(TEMPLATES.resolve(template))
                .replace("FOLDER", own.toString())
                .replace("PORT", Integer.toString(port))
                .replace("SERVER", Integer.toString(server));
        return Files.writeString(own.resolve(template), text);
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    /** Of all its processes. */
    List<Long> pids() {
        return processes().map(ProcessHandle::pid).toList();
    }

    private Stream<ProcessHandle> processes() {
        return ProcessHandle.of(process.pid())
                .map(first -> Stream.concat(Stream.of(first), first.descendants()))
                .orElseThrow(() -> new AssertionError(name + " ended: " + process.err()));
    }

    /** Asks it to end, as its first process ends the others. */
    @Override
    public void close() {
        process.terminate();
        process.awaitExit(PATIENCE);
    }
}
