package io.mediadrop.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.lane.Lane;
import io.mediadrop.lane.Lanes;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.source.DropFolderComponent;
import io.mediadrop.source.DropFolderEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CatalogCamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.api.Test;

/** The endpoint that a lane's files come from: its parameters, its files, its threads. */
class DropFolderTest extends ShippedRoutes {

  private static final String DESCRIPTION = "io/mediadrop/source/drop-folder.json";

  private Map<String, String> parameters() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("sidecar", "optional");
    all.put("settle", "100ms");
    all.put("poll", "50ms");
    all.put("incompleteAfter", "10m");
    all.put("orphanAfter", "1d");
    all.put("emptyFolders", "keep");
    return all;
  }

  private static String uri(String lane, Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining("&", "drop-folder:" + lane + "?", ""));
  }

  /** A lane on a folder of the same name, as a bean of the same name. */
  private void watched(String name) throws IOException {
    Lane lane = new Lane();
    lane.setCamelContext(context);
    lane.setLanes(context.getRegistry().lookupByNameAndType("lanes", Lanes.class));
    lane.setDirectory(Files.createDirectories(home.resolve(name)).toString());
    lane.setApiKey(KEY);
    lane.setConnectionId(CONNECTION);
    lane.setRecursive(true);
    lane.setConcurrency(2);
    context.getCamelContextExtension().createRoute(name);
    lane.open();
    context.getRegistry().bind(name, lane);
  }

  @Test
  void asksForEachParameter() throws Exception {
    watched("own");
    for (String missing : parameters().keySet()) {
      Map<String, String> others = parameters();
      others.remove(missing);

      assertThatThrownBy(() -> context.getEndpoint(uri("own", others)))
          .hasRootCauseInstanceOf(ConfigurationMistake.class)
          .hasRootCauseMessage("drop-folder needs the parameter '" + missing + "': add it");
    }
  }

  @Test
  void refusesAParameterThatItDoesNotHave() throws Exception {
    watched("own");
    for (String unknown : List.of("readLock", "move", "delay", "directory", "settled")) {
      Map<String, String> more = parameters();
      more.put(unknown, "true");

      assertThatThrownBy(() -> context.getEndpoint(uri("own", more)))
          .isInstanceOf(ResolveEndpointFailedException.class)
          .hasMessageContaining("Unknown parameters=[{" + unknown + "=true}]");
    }
  }

  @Test
  void refusesAValueThatCannotBeUsed() throws Exception {
    watched("own");
    for (String parameter : parameters().keySet()) {
      Map<String, String> wrong = parameters();
      wrong.put(parameter, "soon");

      assertThatThrownBy(() -> context.getEndpoint(uri("own", wrong)))
          .as(parameter)
          .hasStackTraceContaining("'soon'");
    }
  }

  @Test
  void asksForTheLaneThatTheFolderIsWatchedFor() {
    assertThatThrownBy(() -> context.getEndpoint(uri("nobody", parameters())))
        .isInstanceOf(ResolveEndpointFailedException.class)
        .hasMessageContaining("nobody");
  }

  @Test
  void isDescribedAsItIs() throws IOException {
    JsonNode description = description("META-INF/" + DESCRIPTION);
    Set<String> described = new TreeSet<>();
    description
        .get("properties")
        .properties()
        .forEach(
            each -> {
              assertThat(each.getValue().get("required").asBoolean()).as(each.getKey()).isTrue();
              if (each.getValue().get("kind").asText().equals("parameter")) {
                described.add(each.getKey());
              }
            });

    assertThat(described).isEqualTo(setters()).isEqualTo(new TreeSet<>(parameters().keySet()));
    assertThat(description.at("/component/javaType").asText())
        .isEqualTo(DropFolderComponent.class.getName());
    assertThat(description(DESCRIPTION)).isEqualTo(description);
  }

  private static Set<String> setters() {
    return Arrays.stream(DropFolderEndpoint.class.getDeclaredMethods())
        .map(Method::getName)
        .filter(name -> name.matches("set[A-Z].*"))
        .map(name -> name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static JsonNode description(String resource) throws IOException {
    try (InputStream in = DropFolderEndpoint.class.getResourceAsStream("/" + resource)) {
      return new ObjectMapper().readTree(in);
    }
  }

  @Test
  void isKnownToCamelsCatalogue() throws Exception {
    start();

    assertThat(((CatalogCamelContext) context).getComponentParameterJsonSchema("drop-folder"))
        .contains("\"syntax\": \"drop-folder:lane\"");
  }

  @Test
  void handsOverFilesAsTheFileComponentDoes() throws Exception {
    context.start();
    watched("own");
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(uri("own", parameters())).routeId("own").to("mock:own");
          }
        });
    Path file = home.resolve("own/deep/a b.jpg");
    Files.createDirectories(file.getParent());
    MediaFiles.write(file, 1_000);
    patiently().until(() -> mock("own").getReceivedCounter() > 0);

    Exchange exchange = received("own").get(0);
    assertThat(exchange.getProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE))
        .isInstanceOf(GenericFile.class);
    assertThat(exchange.getMessage().getBody()).isEqualTo(file.toFile());
    assertThat(exchange.getMessage().getHeaders())
        .containsEntry("CamelFileName", "deep/a b.jpg")
        .containsEntry("CamelFileNameOnly", "a b.jpg")
        .containsEntry("CamelFileAbsolutePath", file.toString())
        .containsEntry("CamelFileLength", 1_000L)
        .containsEntry("CamelFileLastModified", file.toFile().lastModified());
  }

  @Test
  void watchesFoldersWhateverTheyAreCalled() throws Exception {
    List<String> names =
        List.of(
            "50%25",
            "%41",
            "100%",
            "what?",
            "a?b=c&lane=x",
            "a)&b",
            "a&&b",
            "ends&",
            "RAW(x)",
            "RAW{x}",
            "RAW((x)&y",
            "back\\slash",
            "${body}",
            "$simple{body}",
            "a+b c",
            "#bean:lanes",
            "new\nline");
    context.start();
    for (String name : names) {
      Path folder = Files.createDirectories(home.resolve("odd").resolve(name));
      context.addRouteFromTemplate(
          "lane" + names.indexOf(name),
          "folder-lane",
          Map.of("directory", folder.toString(), "connectionId", CONNECTION));
      MediaFiles.write(folder.resolve("a.jpg"), 1_000, names.indexOf(name));
    }
    await("subscriber", names.size());

    for (int lane = 0; lane < names.size(); lane++) {
      assertThat(home.resolve("archive/lane" + lane)).as(names.get(lane)).isDirectory();
    }
    try (var left = Files.walk(home.resolve("odd"))) {
      assertThat(left.filter(path -> path.toString().endsWith(".jpg"))).isEmpty();
    }
  }

  @Test
  void takesNothingWhileItsRouteIsSuspendedOrStopped() throws Exception {
    start();
    context.addRouteFromTemplate(
        "bob",
        "folder-lane",
        Map.of("directory", home.resolve("bob").toString(), "connectionId", CONNECTION));
    context.getRouteController().suspendRoute("alice");
    drop("a.jpg", 1_000);
    dropAtBobs("b.jpg", 2_000);
    await("subscriber", 1);
    assertThat(home.resolve("alice/a.jpg")).exists();
    context.getRouteController().resumeRoute("alice");
    await("subscriber", 2);

    context.getRouteController().stopRoute("alice");
    drop("c.jpg", 3_000);
    dropAtBobs("d.jpg", 4_000);
    await("subscriber", 3);
    assertThat(home.resolve("alice/c.jpg")).exists();
    context.getRouteController().startRoute("alice");
    await("subscriber", 4);
  }

  private void dropAtBobs(String name, long size) {
    MediaFiles.write(home.resolve("bob").resolve(name), size);
  }

  @Test
  void leavesNothingBehindWhenItsRouteIsRemoved() throws Exception {
    start();
    String note = Files.readString(home.resolve("alice/.mediadrop-watch.json"));

    context.getRouteController().stopRoute("alice");
    context.removeRoute("alice");

    assertThat(context.getEndpoints()).noneMatch(DropFolderEndpoint.class::isInstance);
    assertThat(home.resolve("alice/.mediadrop-watch.json"))
        .satisfiesAnyOf(
            file -> assertThat(file).doesNotExist(),
            file -> assertThat(file).content().isNotEqualTo(note));
  }

  @Test
  void listsWithThreadsOfTheContextThatEndWithIt() throws Exception {
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);
    String name = "Camel (" + context.getName() + ") thread ";
    assertThat(threads()).anyMatch(each -> each.startsWith(name) && each.endsWith("drop-folder"));

    context.stop();

    patiently()
        .until(
            () ->
                threads().stream()
                    .noneMatch(each -> each.startsWith(name) && each.endsWith("drop-folder")));
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }
}
