package io.mediadrop.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.junit.jupiter.api.Test;

/** The templates that lanes are made of: what they ask for, and what they do without it. */
class LaneTemplateTest extends ShippedRoutes {

  private Set<String> required(String template) {
    RouteTemplateDefinition definition = context.getRouteTemplateDefinition(template);
    Set<String> names = new TreeSet<>();
    for (RouteTemplateParameterDefinition each : definition.getTemplateParameters()) {
      if (each.isRequired() && each.getDefaultValue() == null) {
        names.add(each.getName());
      }
    }
    return names;
  }

  @Test
  void asksForAFolderAndAConnection() {
    assertThat(required("folder-lane")).containsExactly("connectionId", "directory");
  }

  @Test
  void asksForWhatAServerCannotBeReachedWithout() {
    assertThat(required("sftp-lane")).contains("connectionId", "directory", "host", "username");
  }

  @Test
  void refusesALaneThatLacksOne() throws Exception {
    context.start();

    assertThatThrownBy(
            () ->
                context.addRouteFromTemplate(
                    "alice", "folder-lane", Map.of("directory", home.resolve("alice").toString())))
        .hasMessageContaining("connectionId");
  }

  @Test
  void usesTheKeyOfTheSettingsUnlessItHasItsOwn() throws Exception {
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(api.calls())
        .allSatisfy(call -> assertThat(call.headers()).containsEntry("apiKey", KEY));
  }

  @Test
  void takesFilesBelowItsFolderToo() throws Exception {
    start();
    drop("deep/er/a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(received("subscriber").get(0).getMessage().getBody(String.class))
        .contains("\"file\":\"deep/er/a.jpg\"");
  }

  @Test
  void leavesFoldersBelowAloneWhereItIsNotRecursive() throws Exception {
    start("recursive", "false");
    drop("deep/a.jpg", 1_000);
    drop("b.png", 1_000);
    await("subscriber", 1);

    assertThat(received("subscriber").get(0).getMessage().getBody(String.class))
        .contains("\"file\":\"b.png\"");
    assertThat(home.resolve("alice/deep/a.jpg")).exists();
  }
}
