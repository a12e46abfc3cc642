package io.abgate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** What must hold of a report's page. */
final class HtmlPage {
    private HtmlPage() {}

    /** It is well-formed, loads nothing, runs nothing, has names for its pictures, and knows the dark. */
    static void assertSound(String page) {
        assertThat(page).doesNotContainIgnoringCase("<script", "<link", "src=", "href=", "@import", "url(");
        assertThat(page).contains("prefers-color-scheme: dark").doesNotContain("NaN", "Infinity", "null");
        Document document = parsed(page);
        assertThat(document.getElementsByTagName("figure").getLength()).isEqualTo(4);
        assertThat(page.split("role=\"img\" aria-label=\"", -1)).hasSize(5);
        for (String title :
                new String[] {"Differences with intervals", "Percentiles", "Latency over time", "Accuracy over time"}) {
            assertThat(page).contains("<h2>" + title + "</h2>");
        }
    }

    // the page is written so that, but for its head, an XML parser reads it too
    private static Document parsed(String page) {
        try {
            String body = page.substring(page.indexOf("<body>"), page.indexOf("</html>"));
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(body)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
