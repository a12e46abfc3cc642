package io.abgate.model.dense;

import io.abgate.registry.domain.Check;
import io.abgate.registry.domain.Datatype;
import io.abgate.registry.domain.Tensor;
import io.abgate.registry.domain.TensorSpec;
import io.abgate.registry.domain.XxHash64;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Text as a bag of words: split on white space, lower-cased, each distinct word sets the element at XXH64 (UTF-8, seed
 * 0, unsigned) mod size to 1. No counts and no scaling.
 *
 * @param size elements
 * @param hash always {@code xxh64}
 */
record HashedWords(int size, String hash) implements Encoder {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final TensorSpec INPUT = new TensorSpec("text", Datatype.BYTES, List.of(-1L, 1L));

    HashedWords {
        Check.that(size > 0 && size <= Limits.WEIGHTS, "encoder.size", size, "1 to " + Limits.WEIGHTS);
        Check.that(hash.equals("xxh64"), "encoder.hash", hash, "xxh64");
    }

    @Override
    public TensorSpec input() {
        return INPUT;
    }

    @Override
    public void check(Tensor tensor) {
        Check.that(tensor.datatype() == Datatype.BYTES, tensor.name(), tensor.datatype(), "BYTES");
        List<Long> shape = tensor.shape();
        boolean column = shape.size() == 1 || (shape.size() == 2 && shape.get(1) == 1);
        if (!column) { // the name is put together only where it is said
            throw new IllegalArgumentException(Check.message("shape of " + tensor.name(), shape, "[n] or [n, 1]"));
        }
    }

    @Override
    public void encode(Tensor tensor, int row, Features into) {
        into.clear();
        String text = tensor.strings()[row];
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == text.length()) { // nothing but ASCII
            addAsciiWords(bytes, into);
        } else {
            addWords(text, into);
        }
        into.takeMarked();
    }

    /**
     * Lower-cases in place and hashes where the words stand: most text is this, and copies would cost more. Eight letters
     * at a time, as a branch for each would be guessed wrong twice a word.
     */
    private void addAsciiWords(byte[] text, Features into) {
        int from = 0;
        int at = 0;
        for (; at + Long.BYTES <= text.length; at += Long.BYTES) {
            long letters = AsciiLetters.lowerCase((long) LONGS.get(text, at));
            LONGS.set(text, at, letters);
            for (long low = AsciiLetters.upToSpace(letters); low != 0; low &= low - 1) {
                int to = at + (Long.numberOfTrailingZeros(low) >>> 3);
                from = endsAt(text, from, to, into);
            }
        }
        for (; at < text.length; at++) {
            text[at] = (byte) AsciiLetters.lowerCase(text[at]);
            from = text[at] <= ' ' ? endsAt(text, from, at, into) : from;
        }
        add(text, from, text.length, into);
    }

    /** Where the next word begins, after a byte that may be white space. */
    private int endsAt(byte[] text, int from, int to, Features into) {
        if (!Character.isWhitespace(text[to])) {
            return from;
        }
        add(text, from, to, into);
        return to + 1;
    }

    private void addWords(String text, Features into) {
        int from = 0;
        for (int to = 0; to <= text.length(); to++) {
            if (to == text.length() || Character.isWhitespace(text.charAt(to))) {
                byte[] word = text.substring(from, to).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
                add(word, 0, word.length, into);
                from = to + 1;
            }
        }
    }

    private void add(byte[] text, int from, int to, Features into) {
        if (from < to) {
            into.mark(index(XxHash64.hash(text, from, to, 0)));
        }
    }

    private int index(long hash) {
        boolean powerOfTwo = (size & (size - 1)) == 0;
        return (int) (powerOfTwo ? hash & (size - 1) : Long.remainderUnsigned(hash, size)); // no division
    }
}
