package io.abgate.loadtest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/** Lines over a grid, some with a band around them. */
final class LineChart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 300;
    private static final int LEFT = 62;
    private static final int RIGHT = 12;
    private static final int TOP = 26;
    private static final int BOTTOM = 34;

    private final String name;
    private final Axis x;
    private final Axis y;
    private final DoubleFunction<String> xText;
    private final DoubleFunction<String> yText;
    private final List<Double> xTicks;
    private final Svg lines = new Svg();

    /** A place of a line; both values as the axes have them. */
    record Point(double x, double y) {}

    private LineChart(
            String name,
            Axis x,
            Axis y,
            List<Double> xTicks,
            DoubleFunction<String> xText,
            DoubleFunction<String> yText) {
        this.name = name;
        this.x = x;
        this.y = y;
        this.xTicks = xTicks;
        this.xText = xText;
        this.yText = yText;
    }

    /** Time in seconds across. */
    static LineChart overTime(String name, double seconds, double least, double most, DoubleFunction<String> yText) {
        Axis x = Axis.linear(0, seconds, LEFT, WIDTH - RIGHT);
        return new LineChart(
                name, x, Axis.linear(least, most, HEIGHT - BOTTOM, TOP), x.ticks(), LineChart::seconds, yText);
    }

    /** Latencies on a logarithmic scale over any axis. */
    static LineChart ofLatency(
            String name, Axis x, List<Double> xTicks, DoubleFunction<String> xText, double least, double most) {
        Axis y = Axis.logarithmic(least, most, HEIGHT - BOTTOM, TOP);
        return new LineChart(name, x, y, xTicks, xText, millis -> plain(millis) + " ms");
    }

    /** The horizontal axis from 0 to so many seconds. */
    static Axis time(double seconds) {
        return Axis.linear(0, seconds, LEFT, WIDTH - RIGHT);
    }

    /** A horizontal axis by ratios. */
    static Axis ratios(double from, double to) {
        return Axis.logarithmic(from, to, LEFT, WIDTH - RIGHT);
    }

    /** A moment as a tick. */
    static String seconds(double second) {
        return plain(second) + " s";
    }

    private static String plain(double number) {
        String text = Numbers.format("%.3f", number);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    /** Adds a line. */
    LineChart line(List<Point> points, String style) {
        if (!points.isEmpty()) {
            lines.path(path(points), "line " + style);
        }
        return this;
    }

    /** Adds an area between two lines with the same places across. */
    LineChart band(List<Point> lower, List<Point> upper, String style) {
        List<Point> around = new ArrayList<>(upper);
        for (int i = lower.size() - 1; i >= 0; i--) {
            around.add(lower.get(i));
        }
        if (!around.isEmpty()) {
            lines.path(path(around) + "Z", "band " + style);
        }
        return this;
    }

    private String path(List<Point> points) {
        return points.stream()
                .map(point -> Svg.at(x.at(point.x())) + " " + Svg.at(y.at(point.y())))
                .collect(Collectors.joining("L", "M", ""));
    }

    @Override
    public String toString() {
        Svg picture = new Svg();
        for (double tick : y.ticks()) {
            picture.line(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick), "grid");
            picture.text(LEFT - 8, y.at(tick) + 4, yText.apply(tick), "tick end");
        }
        for (double tick : xTicks) {
            picture.line(x.at(tick), TOP, x.at(tick), HEIGHT - BOTTOM, "grid");
            picture.text(x.at(tick), HEIGHT - BOTTOM + 18, xText.apply(tick), "tick middle");
        }
        String inside = "<svg x=\"" + LEFT + "\" y=\"" + TOP + "\" width=\"" + (WIDTH - LEFT - RIGHT) + "\" height=\""
                + (HEIGHT - TOP - BOTTOM) + "\" viewBox=\"" + LEFT + " " + TOP + " " + (WIDTH - LEFT - RIGHT) + " "
                + (HEIGHT - TOP - BOTTOM) + "\">";
        picture.raw(inside).raw(lines.toString()).raw("</svg>");
        return Svg.image(WIDTH, HEIGHT, name, picture.toString());
    }
}
