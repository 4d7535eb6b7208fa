package io.mediadrop.remote;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.file.Home;
import io.mediadrop.lane.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A lane over a folder of a server. What lies in its own directory, among the home's data, are
 * copies on their way to the API.
 */
public class RemoteLane extends Lane {

  private Home home;
  private SftpServer server;

  /**
   * Names and checks the lane and makes it known; called when its route is being created.
   *
   * @throws ConfigurationMistake if something is wrong with it
   */
  @Override
  public void open() {
    String name = getCamelContext().getCamelContextExtension().getCreateRoute();
    setDirectory(home.data().resolve("sftp").resolve(String.valueOf(name)).toString());
    server.check("lane " + name);
    super.open();
    try {
      Files.createDirectories(directory());
    } catch (IOException e) {
      throw new ConfigurationMistake(
          "lane %s: %s cannot be created: allow this user to".formatted(name, directory()), e);
    }
  }

  @Override
  protected Path findPlace() {
    return server.place();
  }

  /** The folder of the server. */
  @Override
  public String watches() {
    return server.toString();
  }

  /** The copies are among the home's data, which are there as long as mediadrop runs. */
  @Override
  public boolean isThere() {
    return Files.isDirectory(directory());
  }

  public void setHome(Home home) {
    this.home = home;
  }

  public void setServer(SftpServer server) {
    this.server = server;
  }
}
