package io.abgate.gateway.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.abgate.gateway.configuration.Configuration;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningNodeTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration STOPPED_WITHIN = Duration.ofMillis(2_500);

    @TempDir
    private Path home;

    @Test
    void aStoppedNodeLeavesItsPortsAndItsStoreFree() throws Exception {
        Configuration again;
        try (RunningNode node = start()) {
            again = configuration(port(node.dataUrl()), port(node.adminUrl()));
        }
        try (RunningNode node = RunningNode.start(again)) {
            assertThat(port(node.dataUrl())).isEqualTo(again.data().port());
            SmallNode.awaitPrediction(node);
        }
    }

    @Test
    void aTakenPortNamesItsListenerAndLeavesNothingRunning() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> RunningNode.start(configuration(port, 0)))
                    .isInstanceOf(StartException.class)
                    .hasMessage("data.port: " + port + " (expected: a free port on 127.0.0.1)");
            int free = freePort();
            assertThatThrownBy(() -> RunningNode.start(configuration(free, port)))
                    .isInstanceOf(StartException.class)
                    .hasMessage("admin.port: " + port + " (expected: a free port on 127.0.0.1)");
            assertThat(isOpen(free)).isFalse();
        }
        try (RunningNode node = start()) {
            SmallNode.awaitPrediction(node);
        }
    }

    @Test
    void aHomeThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.createFile(home.resolve("no-folder"));
        assertThatThrownBy(() -> RunningNode.start(SmallNode.configuration(file.resolve("home"), 0, 0)))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith(
                        "home: " + file.resolve("home") + " (expected: a folder that this process may write;");
    }

    @Test
    void aSecondNodeIsRefusedTheStoreThatAFirstOneHas() throws Exception {
        try (RunningNode node = start()) {
            assertThatThrownBy(this::start).isInstanceOf(StartException.class).hasMessageContaining("abgate.db");
            SmallNode.awaitPrediction(node);
        }
    }

    @Test
    void aRequestUnderWayIsAnsweredBeforeTheNodeEnds() throws Exception {
        RunningNode node = start();
        SmallNode.awaitPrediction(node);
        String id = predictionId(SmallNode.predict(node));
        String body = "{\"prediction_id\":\"" + id + "\",\"truth\":\"cat\"}";
        int port = port(node.dataUrl());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            write(socket, "POST /v2/models/next-word/feedback HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length());
            write(socket, "\r\nExpect: 100-continue\r\n\r\n");
            assertThat(new String(socket.getInputStream().readNBytes(25), ISO_8859_1))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            CompletableFuture<Void> closing = CompletableFuture.runAsync(node::close);
            await().pollInterval(Duration.ofMillis(5)).atMost(LONG).until(() -> !isOpen(port));
            write(socket, body);
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\"accepted\":1");
            closing.join();
        }
    }

    @Test
    void aRequestThatNeverComesToItsEndDoesNotHoldUpTheNode() throws Exception {
        RunningNode node = start();
        SmallNode.awaitPrediction(node);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(node.dataUrl()))) {
            write(socket, "POST /v2/models/next-word/infer HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{");
            long before = System.nanoTime();
            node.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(STOPPED_WITHIN);
        }
        try (RunningNode next = start()) {
            SmallNode.awaitPrediction(next);
        }
    }

    @Test
    void closingTwiceIsAsGoodAsOnce() throws Exception {
        RunningNode node = start();
        node.close();
        long before = System.nanoTime();
        node.close();
        node.awaitEnd();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void aNodeThatIsClosedByHandIsForgotten() throws Exception {
        WeakReference<RunningNode> closed = startAndClose();
        await().atMost(LONG).until(() -> {
            System.gc();
            return closed.refersTo(null);
        });
    }

    private WeakReference<RunningNode> startAndClose() throws InterruptedException {
        RunningNode node = start();
        node.close();
        return new WeakReference<>(node);
    }

    private RunningNode start() throws InterruptedException {
        return SmallNode.start(home);
    }

    private Configuration configuration(int dataPort, int adminPort) {
        return SmallNode.configuration(home, dataPort, adminPort);
    }

    private static String predictionId(String answer) {
        return new JsonObject(answer).getJsonObject("parameters").getString("prediction_id");
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static int port(String url) {
        return URI.create(url).getPort();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
