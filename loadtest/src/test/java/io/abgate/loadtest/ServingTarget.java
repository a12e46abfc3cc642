package io.abgate.loadtest;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Something that answers requests for predictions, whatever stands in front of the model.
 *
 * @param name in the table of figures
 * @param url that requests are posted to
 * @param body of every request
 * @param pids of all processes that take part in an answer, proxies and model servers alike
 */
record ServingTarget(String name, URI url, String body, List<Long> pids) {
    /** The bytes of a request on the wire. */
    byte[] request() {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + content.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[start.length + content.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(content, 0, request, start.length, content.length);
        return request;
    }
}
