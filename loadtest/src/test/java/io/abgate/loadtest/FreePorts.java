package io.abgate.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports of loopback that nobody listens on. They lie below those that systems give to outgoing connections, of which
 * any might else have a port by the time that a process has come so far as to listen on it; and each JVM has a block of
 * its own, as tests run in several.
 */
final class FreePorts {
    private static final int FIRST = 12_000;
    private static final int BLOCK = 250;
    private static final int BLOCKS = 80;

    /** Taken as long as this JVM lives, which makes what follows it in its block ours. */
    private static final ServerSocket BLOCK_TAKEN = takeBlock();

    private static int used;

    private FreePorts() {}

    /** So many different ones. */
    static List<Integer> take(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(hold());
            }
            List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that is taken until the socket is closed; one that was given before comes as late as can be. */
    static synchronized ServerSocket hold() throws IOException {
        for (int tried = 1; tried < BLOCK; tried++) {
            used = used % (BLOCK - 1) + 1;
            try {
                return bound(BLOCK_TAKEN.getLocalPort() + used);
            } catch (IOException taken) {
                // by a process of an earlier test, or by something else on this machine: the next one
            }
        }
        throw new IOException("no port is free from " + BLOCK_TAKEN.getLocalPort());
    }

    private static ServerSocket takeBlock() {
        for (int block = 0; block < BLOCKS; block++) {
            try {
                return bound(FIRST + block * BLOCK);
            } catch (IOException taken) {
                // by another JVM of tests: the next block
            }
        }
        throw new IllegalStateException("no block of ports is free from " + FIRST);
    }

    private static ServerSocket bound(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
