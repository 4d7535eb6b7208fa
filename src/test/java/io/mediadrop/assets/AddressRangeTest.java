package io.mediadrop.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.0.1",
        "192.168.255.255",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1"
      })
  void isNoneOfThePublicOnes(String address) throws Exception {
    assertThat(AddressRange.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "64:ff9b::1.1.1.1",
        "::ffff:1.1.1.1",
        "2001:200::1",
        "2606:4700:4700::1111",
        "2a00:1450:4001::1"
      })
  void letsTheNeighboursThrough(String address) throws Exception {
    assertThat(AddressRange.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void countsForEveryAddressOfAName() {
    CheckedNames names = names(List.of(List.of("1.1.1.1", "192.168.0.1")));

    assertThatThrownBy(() -> names.resolve("mixed.example"))
        .isInstanceOf(PrivateAddress.class)
        .hasMessageContaining("192.168.0.1");
  }

  /** A name server that says something else the second time has no way in. */
  @Test
  void countsForEachConnectionAnew() throws Exception {
    CheckedNames names = names(List.of(List.of("1.1.1.1"), List.of("169.254.169.254")));

    assertThat(names.resolve("rebound.example")).extracting("hostAddress").containsOnly("1.1.1.1");
    assertThatThrownBy(() -> names.resolve("rebound.example"))
        .isInstanceOf(PrivateAddress.class)
        .hasMessageContaining("169.254.169.254");
  }

  /** A name server that gives these answers, one after the other. */
  private static CheckedNames names(List<List<String>> answers) {
    Queue<List<String>> left = new ArrayDeque<>(answers);
    return new CheckedNames(
        new SystemDefaultDnsResolver() {
          @Override
          public InetAddress[] resolve(String host) throws UnknownHostException {
            List<String> answer = left.remove();
            InetAddress[] addresses = new InetAddress[answer.size()];
            for (int i = 0; i < addresses.length; i++) {
              addresses[i] = InetAddress.getByName(answer.get(i));
            }
            return addresses;
          }
        });
  }
}
