package io.mediadrop.conventions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever reads a class needs to know only what lies on the floors below it. */
class ArchitectureTest {

  private static final String ROOT = "io.mediadrop.";

  /** The packages from the ground up: each may use those that stand before it, and no other. */
  private static final List<String> FLOORS =
      List.of(
          "base",
          "net",
          "media.end",
          "media",
          "file",
          "drop",
          "lane",
          "ledger",
          "api.pace",
          "api",
          "notify",
          "archive",
          "delivery",
          "source",
          "assets",
          "readiness",
          "remote",
          "upkeep",
          "lanefile",
          "health",
          "metrics",
          "console",
          "cli",
          "demo");

  /** Stands for itself: the program must not lean on what stands in for the API. */
  private static final String SANDBOX = "sandbox";

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  @Test
  void letsEachPackageUseOnlyThoseBelowIt() {
    classes().should(useOnlyWhatIsBelow()).check(CLASSES);
  }

  @Test
  void knowsEveryPackage() {
    Set<String> packages =
        CLASSES.stream()
            .map(ArchitectureTest::floorOf)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(packages).isSubsetOf(allFloors());
    assertThat(packages).containsAll(FLOORS);
  }

  @Test
  void isDrawnInTheDocumentation() throws IOException {
    String page = Files.readString(Path.of("docs/architecture.md"));

    assertThat(allFloors()).allSatisfy(floor -> assertThat(page).contains("`" + floor + "`"));
  }

  private static Set<String> allFloors() {
    Set<String> all = new TreeSet<>(FLOORS);
    all.add(SANDBOX);
    return all;
  }

  private static String floorOf(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
  }

  private static ArchCondition<JavaClass> useOnlyWhatIsBelow() {
    return new ArchCondition<>("use only what is below") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getDirectDependenciesFromSelf().stream()
            .filter(use -> use.getTargetClass().getPackageName().startsWith(ROOT))
            .filter(use -> !isAllowed(floorOf(type), floorOf(use.getTargetClass())))
            .map(Dependency::getDescription)
            .forEach(use -> events.add(SimpleConditionEvent.violated(type, use)));
      }
    };
  }

  private static boolean isAllowed(String user, String used) {
    if (used.equals(user)) {
      return true;
    }
    if (used.equals(SANDBOX)) {
      return user.equals("demo");
    }
    return FLOORS.contains(used) && FLOORS.indexOf(used) < FLOORS.indexOf(user);
  }
}
