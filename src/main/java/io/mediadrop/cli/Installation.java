package io.mediadrop.cli;

import io.mediadrop.base.BundledRoutes;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the program lies: the folder with its routes and its configuration. */
record Installation(Path root) {

  /** The one that the launcher script names, else the working directory. */
  static Installation current() {
    String root = System.getProperty("io.mediadrop.root", "");
    return new Installation(Path.of(root).toAbsolutePath().normalize());
  }

  /** The folder of the settings and lanes, unless the user names another. */
  Path config() {
    return root.resolve("config");
  }

  /** Where Camel finds the routes: the folder that people can edit, else those in the jar. */
  String routes() {
    return routes("*");
  }

  /** The same files with the beans first: Camel binds beans anew that it finds after a route. */
  String beansAndRoutes() {
    return routes("beans") + "," + routes("*");
  }

  private String routes(String name) {
    String place =
        Files.isDirectory(routesFolder())
            ? "file:" + routesFolder()
            : "classpath:" + BundledRoutes.PLACE;
    return place + "/" + name + ".camel.yaml";
  }

  private Path routesFolder() {
    return root.resolve("routes");
  }
}
