package io.abgate.gateway.inference;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.NumberInput;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks over plain JSON without making anything but the values that are asked for. What it gives is what the full parser
 * would give; what is not plain (or not JSON) it does not give, and then it says nothing of where it stands.
 */
final class JsonCursor {
    /** What {@link #field} says of a name that it was not given. */
    static final int UNKNOWN = -1;

    private static final long LARGEST_COUNT = 1 << 20;
    private static final int LONGEST_NUMBER = 64;
    private static final int DIGITS_OF_A_LONG = 18;
    /** So many digits, and a power of ten up to 22, are exact as FP64, so one division rounds as it should. */
    private static final int EXACT_DIGITS = 15;

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };
    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] bytes;
    private int at;

    JsonCursor(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether nothing but white space is left. */
    boolean isAtEnd() {
        return peek() < 0 && at == bytes.length;
    }

    /** Whether a character is next; it is not passed. */
    boolean isNext(char next) {
        return peek() == next;
    }

    /** Whether a character is next; if so it is passed. */
    boolean take(char next) {
        if (peek() != next) {
            return false;
        }
        at++;
        return true;
    }

    /** The next byte that is no white space, where this then stands; -1 at the end and for what is not ASCII. */
    private int peek() {
        while (at < bytes.length) {
            byte next = bytes[at];
            if (next > ' ' || (next != ' ' && next != '\n' && next != '\r' && next != '\t')) {
                return next;
            }
            at++;
        }
        return -1;
    }

    /** Passes a name and its colon; gives its place among these names, or {@link #UNKNOWN}. */
    int field(byte[][] names) {
        int place = word(names);
        return place >= 0 && take(':') ? place : UNKNOWN;
    }

    /** Passes a string; gives its place among these words, or {@link #UNKNOWN}. */
    int word(byte[][] words) {
        if (!take('"')) {
            return UNKNOWN;
        }
        for (int i = 0; i < words.length; i++) {
            int end = at + words[i].length;
            if (end < bytes.length
                    && bytes[end] == '"'
                    && Arrays.equals(bytes, at, end, words[i], 0, words[i].length)) {
                at = end + 1;
                return i;
            }
        }
        return UNKNOWN;
    }

    /** The next value, a string. */
    @Nullable
    String string() {
        if (!take('"')) {
            return null;
        }
        int from = at;
        int all = 0;
        for (int i = from; i < bytes.length; i++) {
            byte next = bytes[i];
            if (next == '"') {
                at = i + 1;
                return all < 0 ? utf8(bytes, from, i - from) : new String(bytes, from, i - from, ISO_8859_1);
            }
            if (next == '\\') {
                return escaped(from, i);
            }
            if (next >= 0 && next < ' ') {
                return null;
            }
            all |= next;
        }
        return null;
    }

    private @Nullable String escaped(int from, int firstEscape) {
        int end = firstEscape;
        while (end < bytes.length && bytes[end] != '"') {
            end += bytes[end] == '\\' ? 2 : 1;
        }
        if (end >= bytes.length) {
            return null;
        }
        byte[] plain = new byte[end - from];
        int length = 0;
        for (int i = from; i < end; i++) {
            byte next = bytes[i];
            if (next >= 0 && next < ' ') {
                return null;
            }
            plain[length++] = next == '\\' ? unescaped(bytes[++i]) : next;
            if (plain[length - 1] == 0) {
                return null;
            }
        }
        at = end + 1;
        return utf8(plain, 0, length);
    }

    /** What a short escape stands for; 0 for any other. */
    private static byte unescaped(byte letter) {
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> 0;
        };
    }

    /** Bytes that are no UTF-8 become the replacement character, so a text with one is left to the full parser. */
    private static @Nullable String utf8(byte[] bytes, int from, int length) {
        String text = new String(bytes, from, length, UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : null;
    }

    /** The next value, a whole number from 0 to 2²⁰; -1 when it is none. */
    long count() {
        if (peek() < '0') {
            return -1;
        }
        int from = at;
        double value = number();
        for (int i = from; i < at; i++) {
            if (bytes[i] == '.' || (bytes[i] | ' ') == 'e') {
                return -1;
            }
        }
        return value >= 0 && value <= LARGEST_COUNT ? (long) value : -1;
    }

    /** The next value, a finite number; NaN when it is none. */
    double number() {
        boolean negative = take('-'); // and passes the space before either
        int from = negative ? at - 1 : at;
        int wholeEnd = digits(at);
        int whole = wholeEnd - at;
        if (whole == 0 || (whole > 1 && bytes[at] == '0') || wholeEnd == bytes.length) {
            return Double.NaN;
        }
        byte next = bytes[wholeEnd];
        if (next != '.' && (next | ' ') != 'e') {
            long value = whole <= DIGITS_OF_A_LONG ? value(at, wholeEnd, 0) : 0;
            at = wholeEnd;
            // whether there is a -0 among whole numbers is for the full parser to say
            return value == 0 && (negative || whole > 1) ? Double.NaN : negative ? -value : value;
        }
        return fraction(from, negative, wholeEnd);
    }

    private double fraction(int from, boolean negative, int wholeEnd) {
        int whole = wholeEnd - at;
        int end = bytes[wholeEnd] == '.' ? digits(wholeEnd + 1) : wholeEnd;
        int decimals = Math.max(0, end - wholeEnd - 1);
        boolean complete = end < bytes.length && (bytes[wholeEnd] != '.' || decimals > 0);
        if (!complete) {
            return Double.NaN;
        }
        if ((bytes[end] | ' ') == 'e') {
            end = exponentEnd(end + 1);
            return end < 0 ? Double.NaN : parsed(from, end);
        }
        if (whole + decimals > EXACT_DIGITS) {
            return parsed(from, end);
        }
        double value = value(wholeEnd + 1, end, value(at, wholeEnd, 0)) / POWERS_OF_TEN[decimals];
        at = end;
        return negative ? -value : value;
    }

    /** Where an exponent ends, or -1 when it is none. */
    private int exponentEnd(int from) {
        boolean signed = from < bytes.length && (bytes[from] == '+' || bytes[from] == '-');
        int digits = signed ? from + 1 : from;
        int end = digits(digits);
        return end == digits || end == bytes.length ? -1 : end;
    }

    private double parsed(int from, int end) {
        at = end;
        if (end - from > LONGEST_NUMBER) {
            return Double.NaN;
        }
        double value = NumberInput.parseDouble(new String(bytes, from, end - from, ISO_8859_1), true);
        return Double.isFinite(value) ? value : Double.NaN;
    }

    private int digits(int from) {
        int end = from;
        while (end < bytes.length && bytes[end] >= '0' && bytes[end] <= '9') {
            end++;
        }
        return end;
    }

    private long value(int from, int end, long before) {
        long value = before;
        for (int i = from; i < end; i++) {
            value = 10 * value + bytes[i] - '0';
        }
        return value;
    }

    /** Passes a value that is neither an object nor an array, nor null; says whether there was one. */
    boolean skipScalar() {
        int next = peek();
        if (next == '"') {
            return string() != null;
        }
        return next == 't' ? skip("true") : next == 'f' ? skip("false") : !Double.isNaN(number());
    }

    private boolean skip(String literal) {
        for (int i = 0; i < literal.length(); i++, at++) {
            if (at == bytes.length || bytes[at] != literal.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
