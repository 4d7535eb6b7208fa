package io.mediadrop.source;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Quantity;
import io.mediadrop.lane.Lane;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.AfterPropertiesConfigured;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/**
 * The folder that a lane watches, {@code drop-folder:<lane>} with the name of the lane's bean. That
 * has the folder too: no URI of Camel's carries every name of a folder, whatever is encoded in it.
 * All parameters have to be given, since what they are by default stands in the settings; {@code
 * drop-folder.json} describes them.
 */
public class DropFolderEndpoint extends DefaultEndpoint implements AfterPropertiesConfigured {

  private final DropFolderComponent component;
  private final Lane lane;
  private String sidecar;
  private Duration settle;
  private Duration poll;
  private Duration incompleteAfter;
  private Duration orphanAfter;
  private Optional<Duration> emptyFolders;
  private PollSchedule schedule;
  private SettledFiles settledFiles;

  DropFolderEndpoint(String uri, DropFolderComponent component, Lane lane) {
    super(uri, component);
    this.component = component;
    this.lane = lane;
  }

  /**
   * Makes sure that the lane can do its work in its folder.
   *
   * @throws ConfigurationMistake if a parameter is missing, or the lane cannot
   */
  @Override
  public void afterPropertiesConfigured(CamelContext context) {
    require("sidecar", sidecar);
    require("settle", settle);
    require("poll", poll);
    require("incompleteAfter", incompleteAfter);
    require("orphanAfter", orphanAfter);
    require("emptyFolders", emptyFolders);
    schedule = new PollSchedule(component.polls());
    SettledFiles files = new SettledFiles(lane, this, component.context(), schedule);
    try {
      files.open();
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
    settledFiles = files;
  }

  private static void require(String parameter, Object value) {
    if (value == null) {
      throw new ConfigurationMistake(
          "drop-folder needs the parameter '%s': add it".formatted(parameter));
    }
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    LaneContext shared = component.context();
    FileHandover handover =
        new FileHandover(lane, settledFiles, shared.archive(), shared.rateLimits());
    Consumer consumer = new DropFolderConsumer(this, processor, schedule, settledFiles, handover);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException(
        "files are taken from a drop-folder; put them there with the endpoint file:");
  }

  /** The route is removed, or the context ends. */
  @Override
  protected void doShutdown() throws Exception {
    if (settledFiles != null) {
      settledFiles.close();
    }
    super.doShutdown();
  }

  Lane lane() {
    return lane;
  }

  Duration settle() {
    return settle;
  }

  Duration poll() {
    return poll;
  }

  boolean isSidecarRequired() {
    return SidecarRounds.isRequired(sidecar, lane.name());
  }

  Duration incompleteAfter() {
    return incompleteAfter;
  }

  Duration orphanAfter() {
    return orphanAfter;
  }

  Optional<Duration> emptyFolders() {
    return emptyFolders;
  }

  /** {@code optional}, or {@code required}: files wait for their sidecars. */
  public void setSidecar(String sidecar) {
    this.sidecar = sidecar;
  }

  /** How long a file must stay unchanged. */
  public void setSettle(String time) {
    settle = Quantity.time(time);
  }

  /** How often a folder is looked through that gives no hints. */
  public void setPoll(String time) {
    poll = Quantity.time(time);
  }

  /** How long a file lacks the sidecar that it needs, or is open, until that is told. */
  public void setIncompleteAfter(String time) {
    incompleteAfter = Quantity.time(time);
  }

  /** How long a sidecar waits for its file. */
  public void setOrphanAfter(String time) {
    orphanAfter = Quantity.time(time);
  }

  /** After which time empty folders are removed, or {@code keep}. */
  public void setEmptyFolders(String time) {
    emptyFolders = EmptyFolders.time(time);
  }
}
