package io.abgate.gateway.configuration;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells how far an address reaches, without asking any name server. */
final class Addresses {
    private Addresses() {}

    static boolean isLoopback(String host) {
        if (!isLiteral(host) && !host.equals("localhost")) {
            return false;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isLiteral(String host) {
        return host.matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
    }

    /** Whether two loopback addresses are one; others only when they are spelled alike. */
    static boolean isSame(String one, String other) {
        String bare = one.replaceAll("^\\[|]$", "");
        if (bare.equals(other)) {
            return true;
        }
        try {
            return isLoopback(bare)
                    && isLoopback(other)
                    && InetAddress.getByName(bare).equals(InetAddress.getByName(other));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) > 0 && Integer.parseInt(text) <= 65535;
    }
}
