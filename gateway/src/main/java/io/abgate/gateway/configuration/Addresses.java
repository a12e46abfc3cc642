package io.abgate.gateway.configuration;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells how far an address reaches, without asking any name server. */
final class Addresses {
    private Addresses() {}

    static boolean isLoopback(String host) {
        boolean literal = host.matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
        if (!literal && !host.equals("localhost")) {
            return false;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) > 0 && Integer.parseInt(text) <= 65535;
    }
}
