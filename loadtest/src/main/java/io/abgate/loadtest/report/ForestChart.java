package io.abgate.loadtest.report;

import io.abgate.loadtest.comparison.MetricVerdict;
import io.abgate.registry.evidence.Interval;
import java.util.List;

/** Differences with their intervals, each in units of its margin, so that all share one axis. */
final class ForestChart {
    private static final int WIDTH = 760;
    private static final int LEFT = 150;
    private static final int RIGHT = 230;
    private static final int TOP = 30;
    private static final int ROW = 30;
    private static final int BOTTOM = 34;
    private static final double LEAST_REACH = 2;
    private static final double MOST_REACH = 12;

    private final List<MetricVerdict> verdicts;
    private final Axis x;
    private final double reach;
    private final int height;

    private ForestChart(List<MetricVerdict> verdicts) {
        this.verdicts = verdicts;
        this.reach = verdicts.stream()
                .mapToDouble(ForestChart::reach)
                .filter(Double::isFinite)
                .map(one -> Math.min(MOST_REACH, one * 1.1))
                .reduce(LEAST_REACH, Math::max);
        this.x = Axis.linear(-reach, reach, LEFT, WIDTH - RIGHT);
        this.height = TOP + ROW * verdicts.size() + BOTTOM;
    }

    private static double reach(MetricVerdict verdict) {
        Interval interval = verdict.difference().interval();
        return Math.max(Math.abs(interval.lower()), Math.abs(interval.upper())) / verdict.margin();
    }

    static String of(List<MetricVerdict> verdicts) {
        return new ForestChart(verdicts).picture();
    }

    private String picture() {
        Svg picture = new Svg();
        int bottom = height - BOTTOM;
        picture.rect(x.at(-1), TOP, x.at(1) - x.at(-1), bottom - TOP, "margin");
        for (double tick : x.ticks()) {
            picture.line(x.at(tick), TOP, x.at(tick), bottom, tick == 0 ? "zero" : "grid");
            picture.text(x.at(tick), bottom + 18, text(tick), "tick middle");
        }
        picture.text(x.at(0), TOP - 10, "within ±1 margin: too small to matter", "tick middle");
        for (int i = 0; i < verdicts.size(); i++) {
            row(picture, verdicts.get(i), TOP + ROW * i + ROW / 2.0);
        }
        return Svg.image(WIDTH, height, "Differences from the baseline with intervals, in margins", picture.toString());
    }

    private static String text(double tick) {
        String number = Numbers.format("%.1f", Math.abs(tick)).replace(".0", "");
        return (Math.abs(tick) < 1e-9 ? "" : tick < 0 ? "−" : "+") + number;
    }

    private void row(Svg picture, MetricVerdict verdict, double y) {
        String style = "v-" + verdict.verdict().word();
        Interval interval = verdict.difference().interval();
        double lower = ends(interval.lower() / verdict.margin());
        double upper = ends(interval.upper() / verdict.margin());
        picture.text(
                LEFT - 12, y + 4, verdict.candidate() + ": " + verdict.metric().word(), "row end");
        picture.line(x.at(lower), y, x.at(upper), y, "whisker " + style);
        end(picture, interval.lower() / verdict.margin() < -reach, lower, y, -1, style);
        end(picture, interval.upper() / verdict.margin() > reach, upper, y, 1, style);
        double estimate = verdict.difference().estimate() / verdict.margin();
        if (Math.abs(estimate) <= reach) {
            picture.circle(x.at(estimate), y, 5, "dot " + style);
        }
        String difference = Numbers.difference(
                        verdict.metric(), verdict.difference().estimate()) + " " + Numbers.unit(verdict.metric());
        picture.text(WIDTH - RIGHT + 12, y + 4, difference, "row");
        picture.text(WIDTH - 6, y + 4, verdict.verdict().word(), "row end " + style + "-text");
    }

    private double ends(double value) {
        return Math.max(-reach, Math.min(reach, value));
    }

    /** A bar where an interval ends, an arrow where it goes on beyond the picture. */
    private void end(Svg picture, boolean goesOn, double value, double y, int direction, String style) {
        double at = x.at(value);
        if (goesOn) {
            String d = "M" + Svg.at(at - 8 * direction) + " " + Svg.at(y - 5) + "L" + Svg.at(at) + " " + Svg.at(y) + "L"
                    + Svg.at(at - 8 * direction) + " " + Svg.at(y + 5);
            picture.path(d, "line whisker " + style);
        } else {
            picture.line(at, y - 5, at, y + 5, "whisker " + style);
        }
    }
}
