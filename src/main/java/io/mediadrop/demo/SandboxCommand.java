package io.mediadrop.demo;

import io.mediadrop.cli.Subcommand;
import io.mediadrop.sandbox.BadPlan;
import io.mediadrop.sandbox.ByteSize;
import io.mediadrop.sandbox.Due;
import io.mediadrop.sandbox.ErrorProfile;
import io.mediadrop.sandbox.EtagForm;
import io.mediadrop.sandbox.FaultScript;
import io.mediadrop.sandbox.FaultSpec;
import io.mediadrop.sandbox.Hashing;
import io.mediadrop.sandbox.MediaBehaviour;
import io.mediadrop.sandbox.PlanProfile;
import io.mediadrop.sandbox.RateLimit;
import io.mediadrop.sandbox.ResetForm;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import io.mediadrop.sandbox.SinglePlan;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.apache.hc.core5.io.Closer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Runs the API simulator alone, until it is stopped. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Simulates the upload API on a loopback port, for your own tests.")
public final class SandboxCommand implements Subcommand {
  @Option(names = "--port", description = "Loopback port; 0 takes a free one.")
  private int port = 0;

  @Option(names = "--plan", description = "Where init says how to send: ${COMPLETION-CANDIDATES}.")
  private PlanProfile plan = PlanProfile.JSON;

  @Option(names = "--part-size", converter = SizeConverter.class, description = "Such as 5MiB.")
  private Long partSize = 5L << 20;

  @Option(
      names = "--multipart-from",
      converter = SizeConverter.class,
      description = "Smallest file sent in parts; 0 = larger than one part.")
  private Long multipartFrom = 0L;

  @Option(names = "--empty-last-part", description = "Exact multiples get one more, empty part.")
  private boolean emptyLastPart;

  @Option(
      names = "--single-plan",
      description = "Plan of an unsplit file: ${COMPLETION-CANDIDATES}.")
  private SinglePlan singlePlan = SinglePlan.WHOLE;

  @Option(names = "--bad-plan", description = "Spoil the plan: ${COMPLETION-CANDIDATES}.")
  private BadPlan badPlan = BadPlan.NONE;

  @Option(
      names = "--session-lifetime",
      converter = TimeConverter.class,
      description = "How long an unfinished upload lives.")
  private Duration sessionLifetime = Duration.ofHours(1);

  @Option(names = "--legacy-init", description = "Also take filesize and mimeType at init.")
  private boolean legacyInit;

  @Option(names = "--errors", description = "Fields of error bodies: ${COMPLETION-CANDIDATES}.")
  private ErrorProfile errors = ErrorProfile.TYPE;

  @Option(
      names = "--connection",
      paramLabel = "ID=KEY",
      showDefaultValue = Visibility.NEVER,
      description = "A connection and its API key; repeatable. Default: conn_demo=sk_sandbox_demo.")
  private Map<String, String> connections = new LinkedHashMap<>();

  @Option(names = "--any-credentials", description = "Take every key and connection as known.")
  private boolean anyCredentials;

  @Option(
      names = "--rate-per-minute",
      description = "Calls per minute, of which the API grants 60; 0 = unlimited.")
  private int ratePerMinute = 0;

  @Option(names = "--rate-burst", description = "Calls at once.")
  private int rateBurst = 90;

  @Option(
      names = "--rate-start",
      description = "Calls that are left when a connection makes its first; -1 = --rate-burst.")
  private int rateStart = -1;

  @Option(names = "--rate-reset", description = "X-RateLimit-Reset as ${COMPLETION-CANDIDATES}.")
  private ResetForm rateReset = ResetForm.EPOCH;

  @Option(names = "--retry-after", description = "Send Retry-After with a 429.")
  private boolean retryAfter;

  @Option(
      names = "--media-present",
      paramLabel = "WHEN",
      converter = DueConverter.class,
      showDefaultValue = Visibility.NEVER,
      description = "When media exist: now, never, used, a number of polls, or a time like 5s.")
  private Due mediaPresent = Due.atOnce();

  @Option(
      names = "--media-ready",
      paramLabel = "WHEN",
      converter = DueConverter.class,
      showDefaultValue = Visibility.NEVER,
      description = "When media are processed.")
  private Due mediaReady = Due.atOnce();

  @Option(
      names = "--media-findable",
      paramLabel = "WHEN",
      converter = DueConverter.class,
      showDefaultValue = Visibility.NEVER,
      description = "When check finds them.")
  private Due mediaFindable = Due.atOnce();

  @Option(names = "--media-fails", description = "Processing ends with hasError.")
  private boolean mediaFails;

  @Option(names = "--media-odd", description = "Media carry unknown fields, nulls, big numbers.")
  private boolean mediaOdd;

  @Option(
      names = "--etag-form",
      description = "Etag of files sent in parts: ${COMPLETION-CANDIDATES}.")
  private EtagForm etagForm = EtagForm.OF_PARTS;

  @Option(names = "--hashing", description = "Checksums computed: ${COMPLETION-CANDIDATES}.")
  private Hashing hashing = Hashing.SHA256_AND_MD5;

  @Option(
      names = "--clock-skew",
      converter = TimeConverter.class,
      description = "How far the Date header runs ahead.")
  private Duration clockSkew = Duration.ZERO;

  @Option(
      names = "--fault",
      paramLabel = "ROUTE[#N[-M]][%CHANCE][@CONNECTION]=FAULT[:VALUE]",
      description = "Such as complete#1=answer-lost or part%%0.05=503; repeatable.")
  private List<String> faults = List.of();

  @Option(names = "--seed", description = "Chooses the calls of faults with a chance.")
  private long seed = 1;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Gets a JSON line per finished upload.")
  private Path log;

  private CommandSpec spec;

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
    spec.usageMessage()
        .footer(
            "Routes for --fault: " + String.join(", ", FaultSpec.routes()) + ".",
            "Faults, with what may follow a colon: " + String.join(", ", FaultSpec.FAULTS) + ".");
  }

  @Override
  public Integer call() throws Exception {
    try (Sandbox sandbox = Sandbox.start(options())) {
      // a signal ends the JVM without unwinding this stack
      Runtime.getRuntime().addShutdownHook(new Thread(() -> Closer.closeQuietly(sandbox)));
      introduce(sandbox, spec.commandLine().getOut());
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (BindException e) {
      throw new ParameterException(
          spec.commandLine(), "--port %d cannot be had: %s".formatted(port, e.getMessage()));
    } catch (FileSystemException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--log %s cannot be written: name a file in a folder that is there and may be written"
              .formatted(log));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    return 0;
  }

  /** The options as the command line has them. */
  SandboxOptions options() {
    SandboxOptions options =
        SandboxOptions.defaults()
            .withPort(port)
            .withPlan(plan)
            .withPartSize(partSize)
            .withMultipartFrom(multipartFrom)
            .withEmptyLastPart(emptyLastPart)
            .withSinglePlan(singlePlan)
            .withBadPlan(badPlan)
            .withSessionLifetime(sessionLifetime)
            .withLegacyInit(legacyInit)
            .withErrors(errors)
            .withAnyCredentials(anyCredentials)
            .withRateLimit(
                new RateLimit(ratePerMinute, rateBurst, rateReset, retryAfter)
                    .withStart(rateStart < 0 ? rateBurst : rateStart))
            .withMedia(media())
            .withEtagForm(etagForm)
            .withHashing(hashing)
            .withClockSkew(clockSkew)
            .withFaults(script())
            .withLog(log);
    for (Map.Entry<String, String> connection : connections.entrySet()) {
      options = options.withConnection(connection.getValue(), connection.getKey());
    }
    return options;
  }

  private MediaBehaviour media() {
    return new MediaBehaviour(mediaPresent, mediaReady, mediaFindable, mediaFails, true, mediaOdd);
  }

  private FaultScript script() {
    FaultScript script = new FaultScript();
    // with the same seed, two faults of one route would choose the same calls
    long own = seed;
    for (String fault : faults) {
      try {
        FaultSpec.addTo(script, fault, own++);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(
            spec.commandLine(), "--fault " + fault + ": " + e.getMessage());
      }
    }
    return script;
  }

  private void introduce(Sandbox sandbox, PrintWriter out) {
    Map<String, String> shown =
        connections.isEmpty() ? Map.of(Sandbox.CONNECTION, Sandbox.KEY) : connections;
    out.println("base URL    " + sandbox.baseUrl());
    shown.forEach((id, key) -> out.println("key         " + key + "\nconnection  " + id));
    out.flush();
  }

  private static <T> T converted(String text, Function<String, T> reader, String expected) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new TypeConversionException("'" + text + "' is not " + expected);
    }
  }

  private static Duration time(String text, String expected) {
    return converted(text, FaultSpec::time, expected);
  }

  private static final class SizeConverter implements CommandLine.ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return converted(text, ByteSize::parse, "a size like 5MiB");
    }
  }

  private static final class TimeConverter implements CommandLine.ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return time(text, "a time like 5s");
    }
  }

  private static final class DueConverter implements CommandLine.ITypeConverter<Due> {
    @Override
    public Due convert(String text) {
      return switch (text) {
        case "now" -> Due.atOnce();
        case "never" -> Due.never();
        case "used" -> Due.onceUsed();
        default ->
            text.matches("\\d{1,9}")
                ? Due.afterPolls(Integer.parseInt(text))
                : Due.after(time(text, "now, never, used, a number of polls, or a time like 5s"));
      };
    }
  }
}
