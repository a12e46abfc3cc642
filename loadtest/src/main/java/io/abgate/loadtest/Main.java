package io.abgate.loadtest;

/** Entry of the runnable jar. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {}
}
