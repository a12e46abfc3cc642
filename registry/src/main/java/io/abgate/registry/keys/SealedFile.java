package io.abgate.registry.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.abgate.registry.domain.Check;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A JSON text that a process keeps for itself on disk: {@code {"seal":"…","content":…}} and a line's end, byte for byte
 * as it was written or not at all.
 */
public final class SealedFile {
    private static final String HEAD = "{\"seal\":\"";
    private static final String MIDDLE = "\",\"content\":";
    private static final String TAIL = "}\n";

    private final Path file;
    private final Seal seal;

    public SealedFile(Path file, Seal seal) {
        this.file = file;
        this.seal = seal;
    }

    /**
     * Replaces the file.
     *
     * @param content JSON text
     * @throws IOException when it is not kept; the former one is as it was
     */
    public void write(String content) throws IOException {
        PrivateFile.replace(file, (HEAD + seal.of(content) + MIDDLE + content + TAIL).getBytes(UTF_8));
    }

    /**
     * The JSON text in the file; empty when there is none.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when it is not what was written here; the message says why
     */
    public Optional<String> read() throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return Optional.of(content(text(bytes)));
    }

    private String content(String text) {
        int middle = text.indexOf(MIDDLE);
        boolean whole = text.startsWith(HEAD) && middle >= HEAD.length() && text.endsWith(TAIL);
        Check.that(whole, file.toString(), "cut off or damaged", "a whole file");
        String content = text.substring(middle + MIDDLE.length(), text.length() - TAIL.length());
        boolean genuine = seal.holds(content, text.substring(HEAD.length(), middle));
        Check.that(genuine, file.toString(), "another text than was sealed", "the seal of a key in " + TokenKeys.FILE);
        return content;
    }

    private String text(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(Check.message(file.toString(), "damaged", "UTF-8"), e);
        }
    }
}
