package io.abgate.loadtest;

/** Something that is broken until it is closed. */
interface Fault extends AutoCloseable {
    @Override
    void close();
}
