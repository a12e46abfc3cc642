package io.abgate.loadtest.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps values to a stretch of a picture.
 *
 * @param from value at {@code start}
 * @param to value at {@code end}, above {@code from}
 */
record Axis(double from, double to, double start, double end, boolean isLogarithmic) {
    private static final int TICKS = 5;

    /** Evenly spaced, from a value to another; widened where they are the same. */
    static Axis linear(double from, double to, double start, double end) {
        return new Axis(from, to > from ? to : from + 1, start, end, false);
    }

    /** By ratios; both values are above 0. */
    static Axis logarithmic(double from, double to, double start, double end) {
        return new Axis(from, to > from ? to : from * 10, start, end, true);
    }

    /** Where a value is, also beyond the ends. */
    double at(double value) {
        double share = isLogarithmic
                ? Math.log(Math.max(value, from / 10) / from) / Math.log(to / from)
                : (value - from) / (to - from);
        return start + share * (end - start);
    }

    /** Round values between the ends. */
    List<Double> ticks() {
        return isLogarithmic ? powers() : steps();
    }

    private List<Double> steps() {
        double rough = (to - from) / TICKS;
        double size = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = rough / size > 5 ? 10 * size : rough / size > 2 ? 5 * size : rough / size > 1 ? 2 * size : size;
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private List<Double> powers() {
        List<Double> ticks = new ArrayList<>();
        boolean isShort = Math.log10(to / from) < 2.5;
        for (int power = (int) Math.floor(Math.log10(from)); power <= Math.log10(to) + 1; power++) {
            for (double digit : isShort ? new double[] {1, 2, 5} : new double[] {1, 3}) {
                double tick = digit * Math.pow(10, power);
                if (tick >= from * 0.999 && tick <= to * 1.001) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }
}
