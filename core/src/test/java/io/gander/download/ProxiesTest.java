package io.gander.download;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.Complaint;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
    private static Proxy proxy(String address, Map<String, String> environment) {
        return new Proxies(new Properties(), environment)
                .select(URI.create(address))
                .get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "https_proxy, http://proxy:3128, https://a.org/, proxy:3128",
        "HTTPS_PROXY, http://proxy:3128/, https://a.org/, proxy:3128",
        "http_proxy, proxy:3128, http://a.org/, proxy:3128",
        "HTTP_PROXY, http://proxy, http://a.org/, proxy:80",
        "ALL_PROXY, http://u:p@proxy:8080, https://a.org/, proxy:8080",
        "all_proxy, http://[::1]:8080, http://a.org/, 0:0:0:0:0:0:0:1:8080",
        "http_proxy, http://proxy:3128, https://a.org/, DIRECT",
        "https_proxy, http://proxy:3128, http://a.org/, DIRECT",
        "https_proxy, '', https://a.org/, DIRECT",
    })
    void theEnvironmentNamesTheProxy(String variable, String value, String address, String expected) {
        Proxy proxy = proxy(address, Map.of(variable, value));
        if (expected.equals("DIRECT")) {
            assertThat(proxy).isEqualTo(Proxy.NO_PROXY);
        } else {
            InetSocketAddress way = (InetSocketAddress) proxy.address();
            assertThat(way.getHostString() + ":" + way.getPort()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.org, true",
        ".a.org, true",
        "'b.org, www.a.org', true",
        "*.a.org, true",
        "*, true",
        "www.a.org:443, false",
        "www.a.org:8443, true",
        "'', false",
        "ww.a.org, false",
        "org.b, false",
    })
    void noProxyNamesHostsAndDomains(String list, boolean direct) {
        Map<String, String> environment = Map.of("https_proxy", "http://proxy:3128", "NO_PROXY", list);
        assertThat(proxy("https://www.a.org:8443/x", environment).equals(Proxy.NO_PROXY))
                .isEqualTo(direct);
    }

    @Test
    void javasOwnPropertiesComeFirst() {
        Properties properties = new Properties();
        properties.setProperty("https.proxyHost", "java");
        Proxies proxies = new Proxies(properties, Map.of("https_proxy", "http://u:p@environment:3128"));
        assertThat(proxies.withPassword()).isFalse();
        assertThat(proxies.select(URI.create("https://a.org/")).toString()).doesNotContain("environment");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"socks5://u:secret@proxy:1080", "https://u:secret@proxy", "http://u:secret@ proxy", "http://:9"})
    void aProxyOfAnotherKindIsAnErrorThatDoesNotShowThePassword(String value) {
        Complaint.of(() -> proxy("https://a.org/", Map.of("https_proxy", value)))
                .contains("https_proxy", "http://HOST:PORT")
                .doesNotContain("secret");
    }
}
