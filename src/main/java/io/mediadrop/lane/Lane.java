package io.mediadrop.lane;

import io.mediadrop.base.ConfigurationMistake;
import io.mediadrop.base.Literal;
import io.mediadrop.base.Printable;
import io.mediadrop.file.MountedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;

/**
 * One connection's watched place: whose media they are, with which key they are sent, and how many
 * at once. A lane is named after the route that it runs as.
 */
public class Lane implements CamelContextAware {

  public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  private CamelContext camelContext;

  /** Files that wait for each worker; more are fetched when half of them are done. */
  private static final int WAITING_PER_WORKER = 32;

  private Lanes lanes;
  private FilesInHand hand;
  private volatile MountedFolder folder;
  private Pause pause;
  private String name;
  private String directory;
  private String connectionId;
  private String apiKey;
  private Path place;
  private final Reach reach = new Reach();
  private OwnFolders ownFolders = new OwnFolders("");
  private FolderOwnership ownership;
  private volatile String remark;
  private volatile boolean retired;
  private boolean recursive;
  private int concurrency;
  private double ratePerMinute;
  private long burst;

  /** Names and checks the lane and makes it known; called when its route is being created. */
  public void open() {
    name = camelContext.getCamelContextExtension().getCreateRoute();
    require(
        name != null && NAME.matcher(name).matches(),
        "the lane name (routeId) '" + name + "' must match " + NAME.pattern());
    require(!apiKey.isBlank(), "the API key is empty: set mediadrop.api.key (MEDIADROP_API_KEY)");
    require(
        !connectionId.isBlank(),
        "the lane's connectionId is empty: write it, or set mediadrop.api.connection-id"
            + " (MEDIADROP_API_CONNECTION_ID) where the lane takes that one");
    require(
        concurrency >= 1,
        "concurrency (mediadrop.lane.concurrency, MEDIADROP_LANE_CONCURRENCY) is "
            + concurrency
            + ": write at least 1");
    hand = new FilesInHand(concurrency * (1 + WAITING_PER_WORKER), Math.max(1, concurrency - 1));
    pause = new Pause(directory(), this::isThere);
    place = findPlace();
    ownership = new FolderOwnership(this, lanes, ownFolders);
    lanes.add(this);
  }

  private void require(boolean right, String remedy) {
    if (!right) {
      throw new ConfigurationMistake("lane " + name + ": " + remedy);
    }
  }

  /** The place by which the lane's folder is compared with those of others. */
  protected Path findPlace() {
    return realPathOf(directory());
  }

  /** Where the folder really lies, as far as it is there already. */
  public static Path realPathOf(Path folder) {
    for (Path there = folder; there != null; there = there.getParent()) {
      try {
        return there.toRealPath().resolve(there.relativize(folder)).normalize();
      } catch (IOException notThere) {
        continue;
      }
    }
    return folder;
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

  /** The watched folder without links, by which lanes on the same folder are known. */
  public Path place() {
    return place;
  }

  /** Whether folders below the lane's are watched too. */
  public boolean isRecursive() {
    return recursive;
  }

  /** Which folders below the lane's are its own. */
  public FolderOwnership ownership() {
    return ownership;
  }

  /** What a person has to know about the lane while it runs, or null. */
  public String remark() {
    return remark;
  }

  /** Has this told wherever lanes are listed; null for nothing. */
  public void remark(String text) {
    remark = text;
  }

  /** Takes no more files, because the lane is about to be changed or removed. */
  public void retire() {
    retired = true;
  }

  /** Whether files of the lane may be begun: it does not rest, and is to stay. */
  public boolean takesFiles() {
    return !retired && !pause.isOn();
  }

  /** Takes a file for the lane's workers; false if they, or another lane's, have it already. */
  public boolean take(Path file, long size) {
    return !lanes.isInAnothersHand(file, this) && hand.take(file, size);
  }

  /** The watched folder was found to be there and fit to be worked in. */
  public void found(MountedFolder watched) {
    folder = watched;
  }

  /** Whether the watched folder is there, on the disk where it lay when it was found. */
  public boolean isThere() {
    return folder != null && folder.isThere();
  }

  /** What the lane watches, for people. */
  public String watches() {
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

  /** Whether the watched place can be looked at. */
  public Reach reach() {
    return reach;
  }

  /** The connection that the media are uploaded for; a secret. */
  public String getConnectionId() {
    return connectionId;
  }

  /** The API key that the calls are made with; a secret. */
  public String getApiKey() {
    return apiKey;
  }

  /** Whether the API key is another than the one of the settings. */
  public boolean hasOwnApiKey() {
    return !apiKey.equals(
        Literal.unwrap(camelContext.resolvePropertyPlaceholders("{{mediadrop.api.key:}}")));
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

  /** Whether folders below are watched too. */
  public void setRecursive(boolean recursive) {
    this.recursive = recursive;
  }

  /** The folders below that are the lane's own where other lanes have some too. */
  public void setOwnFolders(String names) {
    ownFolders = new OwnFolders(names);
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
