package io.abgate.loadtest.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a file holds rows. */
interface RowFormat {
    /** The text of the next record; null at the end. */
    @Nullable
    String next(BufferedReader reader) throws IOException;

    /**
     * What a record holds; nothing when it only names the columns.
     *
     * @throws IllegalArgumentException when it holds no row
     */
    Optional<Row> row(String text);
}
