package io.mediadrop.net;

/** A proxy has not let a connection through; what it says is its own, not the server's. */
public class ProxyFailed extends NotReached {

  private static final long serialVersionUID = 1L;

  private static final int WANTS_USER = 407;

  private final int status;

  /**
   * A connection that a proxy has not made.
   *
   * @param status the proxy's HTTP status; 0 if it has answered none
   */
  ProxyFailed(Proxy proxy, String what, int status) {
    super("the proxy %s %s; nothing was sent".formatted(proxy, what));
    this.status = status;
  }

  /** A connection that a proxy has refused to make, with what to do about it. */
  static ProxyFailed refused(Proxy proxy, String target, int status, String reason) {
    String answer = "answered %d%s".formatted(status, reason.isEmpty() ? "" : " " + reason);
    String remedy =
        switch (status) {
          case WANTS_USER ->
              "it wants "
                  + (proxy.user() == null ? "a" : "another")
                  + " user and password, as in http://user:password@host:port";
          case 502, 503, 504 -> "it does not reach " + target;
          default ->
              "let it connect to %s, or name that host in no_proxy if it is reached without it"
                  .formatted(target);
        };
    return new ProxyFailed(proxy, answer + " when asked for " + target + ": " + remedy, status);
  }

  /** Whether a person has to give the proxy's user and password. */
  public boolean wantsUser() {
    return status == WANTS_USER;
  }
}
