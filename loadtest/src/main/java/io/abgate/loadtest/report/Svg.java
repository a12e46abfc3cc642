package io.abgate.loadtest.report;

/** Writes SVG and HTML: text is escaped, numbers have one decimal. */
final class Svg {
    private final StringBuilder out = new StringBuilder();

    /** Markup as it is. */
    Svg raw(String markup) {
        out.append(markup);
        return this;
    }

    Svg line(double x1, double y1, double x2, double y2, String style) {
        return raw("<line x1=\"" + at(x1) + "\" y1=\"" + at(y1) + "\" x2=\"" + at(x2) + "\" y2=\"" + at(y2)
                + "\" class=\"" + style + "\"/>");
    }

    Svg rect(double x, double y, double width, double height, String style) {
        return raw("<rect x=\"" + at(x) + "\" y=\"" + at(y) + "\" width=\"" + at(width) + "\" height=\"" + at(height)
                + "\" class=\"" + style + "\"/>");
    }

    Svg circle(double x, double y, double radius, String style) {
        return raw(
                "<circle cx=\"" + at(x) + "\" cy=\"" + at(y) + "\" r=\"" + at(radius) + "\" class=\"" + style + "\"/>");
    }

    /** A path; {@code d} in absolute coordinates. */
    Svg path(String d, String style) {
        return raw("<path d=\"" + d + "\" class=\"" + style + "\"/>");
    }

    /**
     * A line of text.
     *
     * @param style its class, which says the size and the anchor
     */
    Svg text(double x, double y, String text, String style) {
        return raw(
                "<text x=\"" + at(x) + "\" y=\"" + at(y) + "\" class=\"" + style + "\">" + escaped(text) + "</text>");
    }

    /** An image with a name for those who do not see it. */
    static String image(int width, int height, String name, String content) {
        return "<svg viewBox=\"0 0 " + width + " " + height + "\" role=\"img\" aria-label=\"" + escaped(name) + "\">"
                + content + "</svg>";
    }

    static String at(double number) {
        return Numbers.format("%.1f", number);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
