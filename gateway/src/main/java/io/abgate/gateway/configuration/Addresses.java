package io.abgate.gateway.configuration;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;

/** Tells how far an address reaches, without asking any name server. */
final class Addresses {
    private static final int UNIQUE_LOCAL_MASK = 0xfe;
    private static final int UNIQUE_LOCAL = 0xfc;
    private static final int IPV6_BYTES = 16;

    private Addresses() {}

    static boolean isLoopback(String host) {
        return is(host, InetAddress::isLoopbackAddress);
    }

    /** Whether only this machine or a private network reaches it. */
    static boolean isPrivate(String host) {
        return is(host, a -> a.isLoopbackAddress() || a.isSiteLocalAddress() || isUniqueLocal(a.getAddress()));
    }

    static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) > 0 && Integer.parseInt(text) <= 65535;
    }

    /** Private IPv6, fc00::/7 (RFC 4193), which Java does not count as site-local. */
    private static boolean isUniqueLocal(byte[] address) {
        return address.length == IPV6_BYTES && (address[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
    }

    private static boolean is(String host, Predicate<InetAddress> property) {
        boolean literal = host.matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
        if (!literal && !host.equals("localhost")) {
            return false;
        }
        try {
            return property.test(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
