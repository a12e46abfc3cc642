package io.abgate.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * Keeps a server busy from connections that each send the next request when the last one is answered, on the thread that
 * calls. It says what work costs the server, not how long anybody waits.
 */
final class ClosedLoop implements AutoCloseable {
    private static final int LARGEST_ANSWER = 1 << 18;
    private static final String LENGTH = "\r\ncontent-length: ";
    private static final String GOOD = "HTTP/1.1 200 ";

    private final Selector selector;
    private final byte[] request;
    private final Witness witness;
    private long answered;
    private boolean open;

    /** Sees every good answer. */
    interface Witness {
        /** An answer, head and body in the first bytes of a buffer that is used again, and how long it took. */
        void answered(byte[] answer, int length, long tookNanos);
    }

    /** Connects so often. */
    ClosedLoop(ServingTarget target, int connections) {
        this(target, connections, (answer, length, tookNanos) -> {});
    }

    /** Connects so often, before a witness, on the thread that runs it. */
    ClosedLoop(ServingTarget target, int connections, Witness witness) {
        this.witness = witness;
        request = target.request();
        try {
            selector = Selector.open();
            for (int i = 0; i < connections; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress(
                        target.url().getHost(), target.url().getPort()));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new Connection(channel));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends for so long; gives how many requests were answered well, and fails at the first that is not. */
    long run(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        long before = answered;
        try {
            open = true;
            for (SelectionKey key : selector.keys()) {
                ((Connection) key.attachment()).send();
            }
            while (System.nanoTime() < end) {
                selector.select(key -> take((Connection) key.attachment()), 100);
            }
            drain();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answered - before;
    }

    private void drain() throws IOException {
        open = false;
        while (selector.keys().stream().anyMatch(key -> ((Connection) key.attachment()).waits)) {
            if (selector.select(key -> take((Connection) key.attachment()), 10_000) == 0) {
                throw new AssertionError("no answer within 10 s");
            }
        }
    }

    private void take(Connection connection) {
        try {
            if (connection.isAnswered()) {
                answered++;
                if (open) {
                    connection.send();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocate(LARGEST_ANSWER);
        private final ByteBuffer question = ByteBuffer.wrap(request);
        private boolean waits;
        private int length;
        private long sentNanos;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void send() throws IOException {
            waits = true;
            length = -1;
            sentNanos = System.nanoTime();
            answer.clear();
            question.rewind();
            while (question.hasRemaining()) {
                channel.write(question);
            }
        }

        /** Reads what has come; says whether it was the rest of an answer. */
        boolean isAnswered() throws IOException {
            if (channel.read(answer) < 0) {
                throw new AssertionError("closed by the server after " + text());
            }
            if (!answer.hasRemaining()) {
                throw new AssertionError("an answer of more than " + LARGEST_ANSWER + " bytes");
            }
            if (length < 0) {
                length = wholeLength();
            }
            if (length < 0 || answer.position() < length) {
                return false;
            }
            waits = false;
            witness.answered(answer.array(), length, System.nanoTime() - sentNanos);
            return true;
        }

        /** Bytes of head and body, or -1 as long as the head is not there. */
        private int wholeLength() {
            String text = text();
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return -1;
            }
            String head = text.substring(0, end + 2).toLowerCase(Locale.ROOT);
            int at = head.indexOf(LENGTH);
            if (!text.startsWith(GOOD) || at < 0) {
                throw new AssertionError("no good answer with a length: " + text);
            }
            int from = at + LENGTH.length();
            return end + 4 + Integer.parseInt(head.substring(from, head.indexOf('\r', from)));
        }

        private String text() {
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        }
    }
}
