package io.abgate.loadtest.report;

/** A page. */
public final class HtmlReport {
    private HtmlReport() {}

    public static String of(Report report) {
        return report.at().toString();
    }
}
