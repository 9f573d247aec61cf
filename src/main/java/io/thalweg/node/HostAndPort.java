package io.thalweg.node;

/**
 * Where a node is reached.
 *
 * @param host a name, or an address; one of IPv6 without brackets
 */
record HostAndPort(String host, int port) {
  private static final int PORT_MAX = 65_535;

  /** Reads {@code host:port} or {@code [ipv6]:port}; the setting's name is for the message. */
  static HostAndPort parse(String setting, String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    if (host.isEmpty() || (host.contains(":") && !isBracketed)) {
      throw new IllegalArgumentException(setting + " must be of the form host:port: " + text);
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      requirePort(setting, port);
      return new HostAndPort(isBracketed ? host.substring(1, host.length() - 1) : host, port);
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException(
          setting + " must be of the form host:port: " + text, noNumber);
    }
  }

  static void requirePort(String setting, int port) {
    if (port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException(setting + " must be from 0 to 65535: " + port);
    }
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
