package io.mediadrop.sandbox;

import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;

/** One creator's connection: its state, its permissions, its call budget and its vault. */
public final class Connection {
  private final String key;
  private final String id;
  private final TokenBucket bucket;
  private final Vault vault;
  private volatile boolean expired;
  private volatile Set<String> permissions;

  Connection(SandboxOptions.Access access, RateLimit limit, Clock clock) {
    this.key = access.key();
    this.id = access.connection();
    this.permissions = access.permissions();
    this.bucket = new TokenBucket(limit, clock);
    this.vault = new Vault();
  }

  public String id() {
    return id;
  }

  /** Answers every access call with 401 SESSION_EXPIRED from now on. */
  public void expire() {
    expired = true;
  }

  /** Takes calls again, as after a person has logged in. */
  public void reconnect() {
    expired = false;
  }

  /** Replaces the permissions, such as {@link Permission#WRITE}. */
  public void allow(String... permissions) {
    this.permissions = Set.of(permissions);
  }

  boolean isExpired() {
    return expired;
  }

  boolean belongsTo(String apiKey) {
    return key.equals(apiKey);
  }

  boolean may(String permission) {
    return permission.equals(Permission.NONE) || permissions.contains(permission);
  }

  Set<String> permissions() {
    return new TreeSet<>(permissions);
  }

  TokenBucket bucket() {
    return bucket;
  }

  Vault vault() {
    return vault;
  }
}
