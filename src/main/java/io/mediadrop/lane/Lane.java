package io.mediadrop.lane;

import io.mediadrop.ConfigurationMistake;
import io.mediadrop.Literal;
import io.mediadrop.source.FilesInHand;
import io.mediadrop.source.Printable;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;

/**
 * One connection's watched place: whose media they are, with which key they are sent, and how many
 * at once. A lane is named after the route that it runs as.
 */
public class Lane implements CamelContextAware {

  static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /** The file component reads these in a directory's name as something else. */
  private static final Pattern MISREAD =
      Pattern.compile("[?\\\\]|%[0-9A-Fa-f]{2}|\\{\\{|\\$(simple)?\\{");

  private CamelContext camelContext;

  /** Files that wait for each worker, so that it need not wait for the next listing. */
  private static final int WAITING_PER_WORKER = 128;

  private Lanes lanes;
  private FilesInHand hand;
  private Pause pause;
  private String name;
  private String directory;
  private String connectionId;
  private String apiKey;
  private int concurrency;
  private double ratePerMinute;
  private long burst;

  /** Names and checks the lane and makes it known; called when its route is being created. */
  public void open() {
    name = camelContext.getCamelContextExtension().getCreateRoute();
    require(
        name != null && NAME.matcher(name).matches(),
        "the lane name (routeId) '" + name + "' must match " + NAME.pattern());
    require(
        !MISREAD.matcher(directory).find(),
        "the directory '"
            + directory
            + "' must not contain '?', '\\', '{{', '${' or '%' before two hex digits:"
            + " rename the folder");
    require(!apiKey.isBlank(), "the API key is empty: set mediadrop.api.key (MEDIADROP_API_KEY)");
    require(
        !connectionId.isBlank(),
        "the connection id is empty: set mediadrop.api.connection-id"
            + " (MEDIADROP_API_CONNECTION_ID)");
    require(
        concurrency >= 1,
        "concurrency (mediadrop.lane.concurrency, MEDIADROP_LANE_CONCURRENCY) is "
            + concurrency
            + ": write at least 1");
    hand = new FilesInHand(concurrency * (1 + WAITING_PER_WORKER));
    pause = new Pause(directory());
    lanes.add(this);
  }

  private void require(boolean right, String remedy) {
    if (!right) {
      throw new ConfigurationMistake("lane " + name + ": " + remedy);
    }
  }

  /** Makes the lane unknown again; called when its route is removed. */
  public void close() {
    lanes.remove(this);
  }

  /** The lane's name, which is also its folder below the archive and below failed. */
  public String name() {
    return name;
  }

  /** The watched folder, absolute. */
  public Path directory() {
    return Path.of(directory).toAbsolutePath().normalize();
  }

  /** What the lane watches, for people. */
  public String place() {
    return Printable.of(directory());
  }

  /** The files that the lane's workers have. */
  public FilesInHand hand() {
    return hand;
  }

  /** Whether the lane rests, and why. */
  public Pause pause() {
    return pause;
  }

  /** The connection that the media are uploaded for; a secret. */
  public String getConnectionId() {
    return connectionId;
  }

  /** The API key that the calls are made with; a secret. */
  public String getApiKey() {
    return apiKey;
  }

  /** How many files the lane uploads at once. */
  public int concurrency() {
    return concurrency;
  }

  /** Calls that the API allows the connection per minute; 0 for no limit. */
  public double ratePerMinute() {
    return ratePerMinute;
  }

  /** Calls that the connection may make at once after a rest. */
  public long burst() {
    return burst;
  }

  public void setLanes(Lanes lanes) {
    this.lanes = lanes;
  }

  public void setDirectory(String directory) {
    this.directory = directory;
  }

  public void setConnectionId(String connectionId) {
    this.connectionId = Literal.unwrap(connectionId);
  }

  public void setApiKey(String apiKey) {
    this.apiKey = Literal.unwrap(apiKey);
  }

  public void setConcurrency(int concurrency) {
    this.concurrency = concurrency;
  }

  public void setRatePerMinute(double ratePerMinute) {
    this.ratePerMinute = ratePerMinute;
  }

  public void setBurst(long burst) {
    this.burst = burst;
  }

  @Override
  public CamelContext getCamelContext() {
    return camelContext;
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    this.camelContext = camelContext;
  }

  /** The name alone: a lane in a log line must not show its secrets. */
  @Override
  public String toString() {
    return name;
  }
}
