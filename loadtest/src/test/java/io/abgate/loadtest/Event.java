package io.abgate.loadtest;

import java.io.IOException;

/** Something that happens while others work. */
interface Event {
    void happens() throws IOException;
}
