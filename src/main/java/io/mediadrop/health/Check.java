package io.mediadrop.health;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** One of our checks, as Camel and whatever shows Camel's checks know it. */
final class Check extends AbstractHealthCheck {

  /** What our checks have in common among those of an application. */
  static final String GROUP = "mediadrop";

  private final boolean ofProcess;
  private final Supplier<Finding> look;

  private Check(String id, boolean ofProcess, Supplier<Finding> look) {
    super(GROUP, GROUP + "-" + id);
    this.ofProcess = ofProcess;
    this.look = look;
  }

  /** A check that says whether the process has to be started again. */
  static Check ofProcess(String id, Supplier<Finding> look) {
    return new Check(id, true, look);
  }

  /** A check that says whether files are uploaded; another process would do no better. */
  static Check ofWork(String id, Supplier<Finding> look) {
    return new Check(id, false, look);
  }

  @Override
  public boolean isLiveness() {
    return ofProcess;
  }

  @Override
  public boolean isReadiness() {
    return !ofProcess;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Finding finding = look.get();
    builder.message(finding.says());
    finding.details().forEach(builder::detail);
    if (finding.well()) {
      builder.up();
    } else {
      builder.down();
    }
  }
}
