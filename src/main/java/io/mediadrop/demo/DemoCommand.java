package io.mediadrop.demo;

import io.mediadrop.cli.Program;
import io.mediadrop.cli.Settings;
import io.mediadrop.cli.Subcommand;
import io.mediadrop.ledger.LedgerDatabase;
import io.mediadrop.sandbox.Sandbox;
import io.mediadrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.main.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole way of three sample files, against a simulated API inside this process. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Uploads three samples to a simulated API and shows what became of them.")
public final class DemoCommand implements Subcommand {

  private static final List<String> SAMPLES = List.of("beach.jpg", "wave.gif", "clip.mp4");
  private static final String NOTIFICATIONS =
      "?fileName=notifications.jsonl&fileExist=Append&appendChars=%0A";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Small enough for the sample clip to go up in several parts. */
  private static final long PART_SIZE = 512 * 1024;

  @Option(names = "--once", description = "Ends as soon as all samples are archived and announced.")
  private boolean once;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Path home = Files.createTempDirectory("mediadrop-demo-");
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPartSize(PART_SIZE))) {
      Main main = Program.prepare(settings(sandbox, home), home.resolve("config"));
      main.start();
      try {
        return show(main, home, out);
      } finally {
        main.stop();
      }
    }
  }

  private static Settings settings(Sandbox sandbox, Path home) throws IOException {
    Path lanes = Files.createDirectories(home.resolve("config/lanes"));
    copy("/samples/lane.camel.yaml", lanes.resolve("demo.camel.yaml"));
    return new Settings()
        .with("mediadrop.home", home.toString())
        .with("mediadrop.api.base-url", sandbox.baseUrl().toString())
        .with("mediadrop.api.key", Sandbox.KEY)
        .with("mediadrop.api.connection-id", Sandbox.CONNECTION)
        .with("mediadrop.notify.uri", "file:" + home + NOTIFICATIONS)
        .with("mediadrop.drop.settle", "1s")
        .with("mediadrop.drop.poll", "200ms")
        // nobody has to look, and the port may be that of a mediadrop at work
        .with("mediadrop.console.port", "0");
  }

  private int show(Main main, Path home, PrintWriter out) throws Exception {
    Path drop = home.resolve("drop");
    for (String sample : SAMPLES) {
      copy("/samples/" + sample, drop.resolve(sample));
    }
    out.printf("%nDropped %s into %s%n%n", String.join(", ", SAMPLES), drop);
    out.flush();
    DemoReport report =
        new DemoReport(main.lookupByType(LedgerDatabase.class).values().iterator().next());
    boolean done = report.await(SAMPLES, PATIENCE);
    report.print(out);
    out.printf("%nOriginals, receipts and items are in %s%n", home.resolve("archive"));
    out.printf("Notifications are in %s%n", home.resolve("notifications.jsonl"));
    out.printf("Nothing is cleaned up: delete %s when you have seen enough%n", home);
    out.flush();
    if (!done) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "mediadrop: not every sample was archived and announced; look into %s and the log above%n",
          home.resolve("failed"));
      err.flush();
    }
    if (!once) {
      out.printf("Drop more files into %s; Ctrl-C ends the demo%n", drop);
      out.flush();
      new CountDownLatch(1).await();
    }
    out.flush();
    return done ? 0 : 1;
  }

  private static void copy(String resource, Path target) throws IOException {
    try (InputStream in = DemoCommand.class.getResourceAsStream(resource)) {
      Files.copy(in, target);
    }
  }
}
