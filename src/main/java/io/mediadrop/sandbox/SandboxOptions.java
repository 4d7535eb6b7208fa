package io.mediadrop.sandbox;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** How the sandbox behaves. Immutable: every {@code with} method returns a changed copy. */
public final class SandboxOptions implements Cloneable {
  /** One API key's access to one connection. */
  record Access(String key, String connection, Set<String> permissions) {}

  /** The status and type a misuse is answered with. */
  record Rejection(int status, String type) {}

  int port = 0;
  PlanProfile plan = PlanProfile.JSON;
  long partSize = 5L << 20;
  long multipartFrom = 0;
  boolean emptyLastPart = false;
  SinglePlan singlePlan = SinglePlan.WHOLE;
  BadPlan badPlan = BadPlan.NONE;
  Duration sessionLifetime = Duration.ofHours(1);
  boolean legacyInit = false;
  boolean rawColon = true;
  boolean idempotentComplete = false;
  ErrorProfile errors = ErrorProfile.TYPE;
  Map<Refusal, Rejection> refusals = new EnumMap<>(Refusal.class);
  List<Access> accesses = List.of();
  boolean anyCredentials = false;
  RateLimit rateLimit = RateLimit.unlimited();
  Function<String, MediaBehaviour> media = name -> MediaBehaviour.atOnce();
  EtagForm etagForm = EtagForm.OF_PARTS;
  Hashing hashing = Hashing.SHA256_AND_MD5;
  FaultScript faults = new FaultScript();
  Clock clock = Clock.systemUTC();
  Duration clockSkew = Duration.ZERO;
  Path log;
  Path temporaryFolder = Path.of(System.getProperty("java.io.tmpdir"));
  int maxConnections = 256;

  private SandboxOptions() {}

  /**
   * A free port, the JSON plan, 5 MiB parts, strict init, no rate limit, no faults, media ready at
   * once, and the key and connection of {@link Sandbox#KEY} and {@link Sandbox#CONNECTION}.
   */
  public static SandboxOptions defaults() {
    return new SandboxOptions();
  }

  /** The loopback port, 0 to 65535; 0 takes a free one. */
  public SandboxOptions withPort(int port) {
    return with(copy -> copy.port = port);
  }

  public SandboxOptions withPlan(PlanProfile profile) {
    return with(copy -> copy.plan = profile);
  }

  /** Bytes of every part but the last, at least 1. */
  public SandboxOptions withPartSize(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("The part size must be at least 1 byte, not " + bytes);
    }
    return with(copy -> copy.partSize = bytes);
  }

  /** Files of at least so many bytes are sent in parts; 0 = those larger than one part. */
  public SandboxOptions withMultipartFrom(long bytes) {
    return with(copy -> copy.multipartFrom = bytes);
  }

  /** Whether exact multiples of the part size get one more part, which is empty. */
  public SandboxOptions withEmptyLastPart(boolean empty) {
    return with(copy -> copy.emptyLastPart = empty);
  }

  public SandboxOptions withSinglePlan(SinglePlan shape) {
    return with(copy -> copy.singlePlan = shape);
  }

  /** Spoils the JSON plan in one way. */
  public SandboxOptions withBadPlan(BadPlan bad) {
    return with(copy -> copy.badPlan = bad);
  }

  /** How long an upload session lives after init. */
  public SandboxOptions withSessionLifetime(Duration lifetime) {
    return with(copy -> copy.sessionLifetime = lifetime);
  }

  /** Whether init also takes the names {@code filesize} and {@code mimeType}. */
  public SandboxOptions withLegacyInit(boolean legacy) {
    return with(copy -> copy.legacyInit = legacy);
  }

  /** Whether {@code upload:…} may stand unencoded in a path; false answers 404. */
  public SandboxOptions withRawColon(boolean accepted) {
    return with(copy -> copy.rawColon = accepted);
  }

  /** Whether a second complete is answered like the first. */
  public SandboxOptions withIdempotentComplete(boolean idempotent) {
    return with(copy -> copy.idempotentComplete = idempotent);
  }

  public SandboxOptions withErrors(ErrorProfile profile) {
    return with(copy -> copy.errors = profile);
  }

  /** Answers one kind of misuse with a status (400 to 599) and type of the caller's choice. */
  public SandboxOptions withRefusal(Refusal refusal, int status, String type) {
    Map<Refusal, Rejection> more = new EnumMap<>(refusals);
    more.put(refusal, new Rejection(status, type));
    return with(copy -> copy.refusals = more);
  }

  /** Adds a connection; no permission named = {@code vault:read} and {@code vault:write}. */
  public SandboxOptions withConnection(String key, String id, String... permissions) {
    List<Access> more = new ArrayList<>(accesses);
    more.add(
        new Access(
            key,
            id,
            permissions.length == 0
                ? Set.of(Permission.READ, Permission.WRITE)
                : Set.of(permissions)));
    return with(copy -> copy.accesses = List.copyOf(more));
  }

  /** Whether every key and every connection is taken as known. */
  public SandboxOptions withAnyCredentials(boolean any) {
    return with(copy -> copy.anyCredentials = any);
  }

  public SandboxOptions withRateLimit(RateLimit limit) {
    return with(copy -> copy.rateLimit = limit);
  }

  public SandboxOptions withMedia(MediaBehaviour behaviour) {
    return withMedia(name -> behaviour);
  }

  /** Chooses what becomes of a file by its name. */
  public SandboxOptions withMedia(Function<String, MediaBehaviour> byName) {
    return with(copy -> copy.media = byName);
  }

  public SandboxOptions withEtagForm(EtagForm form) {
    return with(copy -> copy.etagForm = form);
  }

  public SandboxOptions withHashing(Hashing hashing) {
    return with(copy -> copy.hashing = hashing);
  }

  public SandboxOptions withFaults(FaultScript script) {
    return with(copy -> copy.faults = script);
  }

  /** The time for rate limit, expiry and readiness; delays on the wire take real time. */
  public SandboxOptions withClock(Clock clock) {
    return with(copy -> copy.clock = clock);
  }

  /** How far the {@code Date} header is off; negative = behind. */
  public SandboxOptions withClockSkew(Duration skew) {
    return with(copy -> copy.clockSkew = skew);
  }

  /** Appends one JSON line per finished upload to this file, written out at once. */
  public SandboxOptions withLog(Path file) {
    return with(copy -> copy.log = file);
  }

  /** Where parts are kept until their upload is finished; a folder that exists. */
  public SandboxOptions withTemporaryFolder(Path folder) {
    return with(copy -> copy.temporaryFolder = folder);
  }

  /** Sockets served at a time, each by its own thread; further ones wait to be accepted. */
  public SandboxOptions withMaxConnections(int connections) {
    return with(copy -> copy.maxConnections = connections);
  }

  private SandboxOptions with(Consumer<SandboxOptions> change) {
    try {
      SandboxOptions copy = (SandboxOptions) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
