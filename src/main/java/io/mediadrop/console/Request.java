package io.mediadrop.console;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.ObjectHelper;

/** What a request says of itself, whichever server has taken it. */
record Request(Exchange exchange) {

  private static final String SERVLET_REQUEST = "CamelHttpServletRequest";

  /** Set by whoever passes a request on for somebody else. */
  private static final List<String> OF_PROXIES =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private static final Pattern LOOPBACK_NAME =
      Pattern.compile(
          "(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

  private static final Pattern CLIMBING =
      Pattern.compile("(^|/)\\.{1,2}(/|$)|//|\\\\|%2f|%5c|%00|;");

  String header(String name) {
    return message().getHeader(name, String.class);
  }

  String method() {
    return message().getHeader(Exchange.HTTP_METHOD, "", String.class);
  }

  Object body() {
    return message().getBody();
  }

  /** Whether it only looks. */
  boolean isReading() {
    return method().equals("GET") || method().equals("HEAD");
  }

  /** Whether the path, decoded by somebody, may lead out of where it begins. */
  boolean climbs() {
    String path = message().getHeader(Exchange.HTTP_PATH, "", String.class);
    return CLIMBING.matcher(path.toLowerCase(Locale.ROOT).replace("%2e", ".")).find();
  }

  /** Whether it was made on this machine, as far as can be told. */
  boolean isLocal() {
    return OF_PROXIES.stream().noneMatch(name -> header(name) != null) && isFromLoopback();
  }

  private boolean isFromLoopback() {
    if (exchange.getProperty(RequestMessage.CALLER) instanceof InetSocketAddress caller) {
      return caller.getAddress().isLoopbackAddress();
    }
    Object servletRequest = message().getHeader(SERVLET_REQUEST);
    if (servletRequest == null) {
      return false;
    }
    try {
      // in numbers, which nobody looks up
      return InetAddress.getByName(
              (String) ObjectHelper.invokeMethodSafe("getRemoteAddr", servletRequest))
          .isLoopbackAddress();
    } catch (UnknownHostException | ReflectiveOperationException e) {
      // a server that nobody knows: others may have asked it
      return false;
    }
  }

  /** Whether it was asked for by a name that nobody else can give to this machine. */
  boolean isForThisMachine() {
    String host = header("Host");
    return host != null && LOOPBACK_NAME.matcher(host).matches();
  }

  /** Whether a page of another place has made it, as far as the browser tells. */
  boolean isFromElsewhere() {
    String origin = header("Origin");
    if (origin != null) {
      return !origin.replaceFirst("^https?://", "").equalsIgnoreCase(header("Host"));
    }
    String site = header("Sec-Fetch-Site");
    boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
    // somebody may follow a link to here
    return foreign && !(isReading() && "document".equals(header("Sec-Fetch-Dest")));
  }

  /** What it asks for, for the log. */
  @Override
  public String toString() {
    return method() + " " + message().getHeader(Exchange.HTTP_PATH, "", String.class);
  }

  private Message message() {
    return exchange.getIn();
  }
}
