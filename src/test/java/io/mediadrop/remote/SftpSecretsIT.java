package io.mediadrop.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.cli.LogLines;
import io.mediadrop.cli.Running;
import io.mediadrop.media.MediaFiles;
import io.mediadrop.sandbox.Sandbox;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.apache.camel.Endpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The password of a server's account. */
class SftpSecretsIT {

  private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();
  private static final List<String> FORMS = List.of(SftpHost.PASSWORD, "wörd", "w%C3%B6rd");

  @TempDir Path folder;

  @Test
  void isInNoLogUriDumpManagedBeanOrFile() throws Exception {
    try (SftpHost host = SftpHost.on(folder.resolve("server"));
        Sandbox sandbox = Sandbox.start();
        LogLines log = new LogLines()) {
      SftpLane lane = SftpLane.over(host, folder.resolve("config"));
      MediaFiles.write(host.root().resolve("in/photo.jpg"), 20_000);
      try (Running running = lane.start(folder.resolve("home"), sandbox)) {
        running.awaitFiled(1);
        String dumps = dumps(running);
        assertThat(dumps).contains("sftp-lane", "sftp://127.0.0.1");
        assertThat(secretsIn(dumps)).isEmpty();
        assertThat(secretsIn(managed())).isEmpty();
      }
      assertThat(secretsIn(String.join("\n", log.all()))).isEmpty();
      for (String file : Running.filesIn(folder.resolve("home"))) {
        byte[] content = Files.readAllBytes(folder.resolve("home").resolve(file));
        assertThat(secretsIn(new String(content, StandardCharsets.UTF_8))).as(file).isEmpty();
      }
    }
  }

  private static List<String> secretsIn(String text) {
    return text.lines().filter(line -> FORMS.stream().anyMatch(line::contains)).toList();
  }

  private static String dumps(Running running) throws Exception {
    StringBuilder dumps = new StringBuilder();
    ModelCamelContext context = (ModelCamelContext) running.context();
    for (RouteDefinition route : context.getRouteDefinitions()) {
      dumps.append(
          PluginHelper.getModelToXMLDumper(context)
              .dumpModelAsXml(context, route, true, true, true));
    }
    for (Endpoint endpoint : context.getEndpoints()) {
      dumps.append(endpoint.getEndpointUri()).append('\n').append(endpoint).append('\n');
    }
    return dumps.toString();
  }

  private static String managed() throws JMException {
    StringBuilder seen = new StringBuilder();
    for (ObjectName name : BEANS.queryNames(new ObjectName("org.apache.camel:*"), null)) {
      seen.append(name).append('\n');
      for (MBeanAttributeInfo attribute : BEANS.getMBeanInfo(name).getAttributes()) {
        seen.append(attribute.getName()).append(" = ").append(value(name, attribute)).append('\n');
      }
    }
    return seen.toString();
  }

  private static Object value(ObjectName name, MBeanAttributeInfo attribute) {
    try {
      return attribute.isReadable() ? BEANS.getAttribute(name, attribute.getName()) : "";
    } catch (JMException | RuntimeMBeanException e) {
      return e;
    }
  }
}
