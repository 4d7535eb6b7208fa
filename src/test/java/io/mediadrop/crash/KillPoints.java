package io.mediadrop.crash;

import io.mediadrop.cli.Mediadrop;
import io.mediadrop.file.SafeMove;
import io.mediadrop.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * Runs mediadrop with a watch on every ledger write, every API call, every step of filing and of a
 * file move, here and on a server, and every message to a subscriber: each is a point at which the
 * process can be recorded, or killed without any chance to clean up.
 */
public final class KillPoints {

  /** The file that visited points are written to, one a line; nothing if it is not set. */
  static final String RECORD = "kill.record";

  /** The point at which the process ends. */
  static final String AT = "kill.at";

  private static final Map<String, AtomicInteger> VISITS = new ConcurrentHashMap<>();

  private KillPoints() {}

  /** Runs the program's command line, with the points in place if they are asked for. */
  public static void main(String[] arguments) {
    if (System.getProperty(RECORD) != null || System.getProperty(AT) != null) {
      install();
    }
    Mediadrop.main(arguments);
  }

  private static void install() {
    new AgentBuilder.Default()
        .disableClassFormatChanges()
        .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
        .type(ElementMatchers.named(Ledger.class.getName()))
        .transform(advice("write", "begin", "note", "answer", "sync"))
        .type(ElementMatchers.named("io.mediadrop.api.CallGuard"))
        .transform(advice("execute"))
        .type(ElementMatchers.named(SafeMove.class.getName()))
        .transform(
            advice(
                "link",
                "unlink",
                "rename",
                "copy",
                "remove",
                "write",
                "replace",
                "move",
                "take",
                "syncFile",
                "syncFolder",
                "syncFoldersOf"))
        .type(ElementMatchers.named("io.mediadrop.archive.FilingBatch"))
        .transform(advice("link", "unlink"))
        .type(ElementMatchers.named("io.mediadrop.archive.OriginalMove"))
        .transform(advice("once", "finish"))
        .type(ElementMatchers.named("io.mediadrop.archive.Split"))
        .transform(advice("put", "replace"))
        .type(ElementMatchers.named("io.mediadrop.net.WebPosts"))
        .transform(advice("post"))
        .type(ElementMatchers.named("io.mediadrop.notify.Outbox"))
        .transform(advice("delivered", "failed"))
        .type(ElementMatchers.named("io.mediadrop.file.NameTrial"))
        .transform(advice("takes", "clear"))
        .type(ElementMatchers.named("io.mediadrop.lane.FolderNote"))
        .transform(advice("create", "replace"))
        .type(ElementMatchers.named("io.mediadrop.remote.SftpSession"))
        .transform(advice("read", "link", "rename", "delete", "write"))
        .type(ElementMatchers.named("io.mediadrop.remote.RemoteMoves"))
        .transform(advice("make"))
        .installOn(ByteBuddyAgent.install());
  }

  private static AgentBuilder.Transformer advice(String... methods) {
    return (builder, type, loader, module, domain) ->
        builder.visit(Advice.to(Point.class).on(ElementMatchers.namedOneOf(methods)));
  }

  /** Woven into the methods; public because it runs inside other classes. */
  public static final class Point {

    private Point() {}

    /** Before. */
    @Advice.OnMethodEnter
    public static void enter(@Advice.Origin("#t.#m") String method) {
      KillPoints.visit("before " + method);
    }

    /** After, also when it failed. */
    @Advice.OnMethodExit(onThrowable = Throwable.class)
    public static void exit(@Advice.Origin("#t.#m") String method) {
      KillPoints.visit("after " + method);
    }
  }

  /** Records the point, or ends the process there. */
  public static void visit(String where) {
    String name = where.replaceAll("io\\.mediadrop\\.\\w+\\.", "") + " by " + caller();
    String point =
        name + " #" + VISITS.computeIfAbsent(name, n -> new AtomicInteger()).incrementAndGet();
    if (point.equals(System.getProperty(AT))) {
      Runtime.getRuntime().halt(137);
    }
    record(point);
  }

  private static String caller() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> frame.getClassName().startsWith("io.mediadrop."))
                    .filter(frame -> !frame.getClassName().startsWith("io.mediadrop.crash."))
                    .filter(frame -> !frame.getMethodName().startsWith("lambda$"))
                    .skip(1)
                    .findFirst()
                    .map(f -> f.getClassName().replaceAll(".*\\.", "") + "." + f.getMethodName())
                    .orElse("route"));
  }

  private static synchronized void record(String point) {
    String file = System.getProperty(RECORD);
    if (file == null) {
      return;
    }
    try {
      Files.writeString(
          Path.of(file), point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
