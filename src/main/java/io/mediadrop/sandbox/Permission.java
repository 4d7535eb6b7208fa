package io.mediadrop.sandbox;

/** What a connection may be allowed to do. */
public final class Permission {
  public static final String WRITE = "vault:write";
  public static final String READ = "vault:read";
  static final String NONE = "";

  private Permission() {}
}
