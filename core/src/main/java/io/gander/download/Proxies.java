package io.gander.download;

import io.gander.error.UserError;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The way out: Java's own properties (https.proxyHost, …) if any is set, else the environment as other programs read it:
 * https_proxy, http_proxy, all_proxy and no_proxy, small or capital.
 */
final class Proxies extends ProxySelector {
    private static final List<String> JAVAS =
            List.of("http.proxyHost", "https.proxyHost", "socksProxyHost", "java.net.useSystemProxies");

    private final Properties properties;
    private final Map<String, String> environment;

    /**
     * A proxy.
     *
     * @param user name and password with a colon between; "" for none
     */
    private record Way(String host, int port, String user) {}

    Proxies(Properties properties, Map<String, String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /** The password of a proxy that wants one. */
    Authenticator authenticator() {
        return new Authenticator() {
            @Override
            protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                if (getRequestorType() != RequestorType.PROXY) {
                    return null;
                }
                for (String scheme : List.of("https", "http")) {
                    Way way = way(scheme);
                    if (way != null
                            && !way.user.isEmpty()
                            && way.host.equals(getRequestingHost())
                            && way.port == getRequestingPort()) {
                        String[] words = way.user.split(":", 2);
                        return new PasswordAuthentication(
                                decoded(words[0]),
                                decoded(words.length == 1 ? "" : words[1]).toCharArray());
                    }
                }
                return null;
            }
        };
    }

    /** Whether the user put a password into the environment. */
    boolean withPassword() {
        if (javas()) {
            return false;
        }
        Way http = way("http");
        Way https = way("https");
        return (http != null && !http.user.isEmpty()) || (https != null && !https.user.isEmpty());
    }

    @Override
    public List<Proxy> select(URI address) {
        if (javas()) {
            return ProxySelector.getDefault().select(address);
        }
        Way way = direct(address) ? null : way(address.getScheme());
        return List.of(
                way == null ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, new InetSocketAddress(way.host, way.port)));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException e) {} // the request itself tells

    private boolean javas() {
        return JAVAS.stream().anyMatch(key -> !properties.getProperty(key, "").isEmpty());
    }

    private @Nullable Way way(String scheme) {
        for (String name : List.of(scheme + "_proxy", "all_proxy")) {
            for (String variable : List.of(name, name.toUpperCase(Locale.ROOT))) {
                String value = environment.getOrDefault(variable, "").strip();
                if (!value.isEmpty()) {
                    return parse(variable, value);
                }
            }
        }
        return null;
    }

    private static Way parse(String variable, String value) {
        // The value may hold a password, so no message quotes it.
        String cure = ": write http://HOST:PORT or http://USER:PASSWORD@HOST:PORT.";
        URI uri;
        try {
            uri = URI.create(value.contains("://") ? value : "http://" + value);
        } catch (IllegalArgumentException e) {
            throw new UserError("the environment's " + variable + " is not the address of a proxy" + cure);
        }
        if (!"http".equals(uri.getScheme())) {
            throw new UserError("the environment's " + variable + " names a proxy of the kind '" + uri.getScheme()
                    + "', which Gander cannot use" + cure);
        }
        if (uri.getHost() == null) {
            throw new UserError("the environment's " + variable + " is not the address of a proxy" + cure);
        }
        String user = uri.getRawUserInfo();
        return new Way(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort(), user == null ? "" : user);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Whether no_proxy names the host, a domain of it, or *. */
    private boolean direct(URI address) {
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        String list = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
        for (String entry : list.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            String domain = entry.replaceFirst("^\\*?\\.", "");
            if (entry.equals("*")
                    || (!domain.isEmpty() && matches(host, domain))
                    || (!domain.isEmpty() && matches(host + ":" + address.getPort(), domain))) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain);
    }
}
