package io.mediadrop.console;

import io.mediadrop.base.ConfigurationMistake;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Whether the settings of the console can be used, and are safe to be used. */
record ConsoleForm(int port, String address, String token, String path) {

  /** Anything else would be looked up, and might be somebody else's by the next start. */
  private static final Pattern NUMERIC = Pattern.compile("localhost|[0-9.]+|[0-9A-Fa-f.]*:.*");

  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*");
  private static final int HIGHEST_PORT = 65_535;
  private static final int SHORTEST_TOKEN = 16;

  /**
   * Does nothing if any server can have it.
   *
   * @throws ConfigurationMistake if none can
   */
  void require() {
    if (!PATH.matcher(path).matches()) {
      throw new ConfigurationMistake(
          "mediadrop.console.path (MEDIADROP_CONSOLE_PATH) is '%s': write a path such as /mediadrop, without a slash at its end"
              .formatted(path));
    }
    if (!token.isEmpty() && token.length() < SHORTEST_TOKEN) {
      throw new ConfigurationMistake(
          "mediadrop.console.token (MEDIADROP_CONSOLE_TOKEN) is too short to be safe: make one of %d characters or more, such as by openssl rand -hex 24"
              .formatted(SHORTEST_TOKEN));
    }
  }

  /**
   * Does nothing if a server of our own can have it.
   *
   * @throws ConfigurationMistake if it cannot, or would let in others who need not prove anything
   */
  void requireForOwnServer() {
    require();
    if (port > HIGHEST_PORT) {
      throw new ConfigurationMistake(
          "mediadrop.console.port (MEDIADROP_CONSOLE_PORT) is %d: write one from 1 to %d, or 0 for none"
              .formatted(port, HIGHEST_PORT));
    }
    if (!place().isLoopbackAddress() && token.isEmpty()) {
      throw new ConfigurationMistake(
          "mediadrop.console.address (MEDIADROP_CONSOLE_ADDRESS) is %s, where others reach it: set MEDIADROP_CONSOLE_TOKEN to what they must know, or leave the address at 127.0.0.1"
              .formatted(address));
    }
  }

  /** The address to listen at. */
  InetAddress place() {
    try {
      if (NUMERIC.matcher(address).matches()) {
        return InetAddress.getByName(address);
      }
    } catch (UnknownHostException e) {
      // told below, as any other text that is no address
    }
    throw new ConfigurationMistake(
        "mediadrop.console.address (MEDIADROP_CONSOLE_ADDRESS) is '%s': write an address of this machine in numbers, such as 127.0.0.1, or 0.0.0.0 for all"
            .formatted(address));
  }
}
