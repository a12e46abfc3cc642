package io.abgate.loadtest;

/** A share of 1, given as such or in per cent. */
record Share(double value) {
    @Override
    public String toString() {
        return value * 100 + " %";
    }
}
