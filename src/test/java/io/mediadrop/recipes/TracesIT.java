package io.mediadrop.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces by OpenTelemetry, as the recipe has them. */
class TracesIT {

  @TempDir Path folder;
  private final InMemorySpanExporter collector = InMemorySpanExporter.create();

  /** What the options of Java in the recipe do, with a collector in this process. */
  @BeforeEach
  void collect() {
    GlobalOpenTelemetry.resetForTest();
    OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(collector))
                .build())
        .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
        .buildAndRegisterGlobal();
  }

  @AfterEach
  void stop() {
    GlobalOpenTelemetry.resetForTest();
  }

  @Test
  void tellOfEachFileInOneTraceFromItsFolderToItsPlace() throws Exception {
    run(2);

    assertThat(traces())
        .filteredOn(trace -> names(trace).contains("drop-folder"))
        .hasSize(2)
        .allSatisfy(
            trace -> {
              assertThat(names(trace))
                  .contains("deliver-file", "open-session", "send-file", "PUT")
                  .contains("record-upload", "split-media", "file-away");
              List<String> ids = trace.stream().map(SpanData::getSpanId).toList();
              assertThat(trace)
                  .filteredOn(span -> !ids.contains(span.getParentSpanId()))
                  .extracting(SpanData::getName)
                  .containsExactly("drop-folder");
            });
  }

  @Test
  void tellOfEachMessageInOneOfItsOwnAndNothingOfTheClock() throws Exception {
    run(1);

    assertThat(traces())
        .filteredOn(trace -> !names(trace).contains("drop-folder"))
        .singleElement()
        .satisfies(trace -> assertThat(names(trace)).contains("notify-subscriber", "log"));
  }

  @Test
  void tellNeitherKeyNorConnection() throws Exception {
    run(1);

    assertThat(collector.getFinishedSpanItems().toString())
        .contains("/v2/access/uploads/init")
        .doesNotContain(Sandbox.KEY, Sandbox.CONNECTION);
  }

  private void run(int files) throws Exception {
    Path config = Recipe.named("Traces").into(folder);
    try (Sandbox sandbox = Sandbox.start();
        Running running = Recipe.run(folder.resolve("home"), config).start(sandbox)) {
      for (int n = 0; n < files; n++) {
        MediaFiles.write(running.drop().resolve(n + ".jpg"), 1_000, n);
      }
      running.awaitFiled(files);

      assertThat(sandbox.calls())
          .isNotEmpty()
          .allMatch(call -> call.headerNames().stream().anyMatch("traceparent"::equalsIgnoreCase));
    }
  }

  private Collection<List<SpanData>> traces() {
    return collector.getFinishedSpanItems().stream()
        .collect(Collectors.groupingBy(SpanData::getTraceId))
        .values();
  }

  private static List<String> names(List<SpanData> trace) {
    return trace.stream().map(SpanData::getName).toList();
  }
}
