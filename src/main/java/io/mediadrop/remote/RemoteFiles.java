package io.mediadrop.remote;

import io.mediadrop.source.SidecarRounds;
import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;

/**
 * Says when Camel lists a lane's folder on a server: while the lane takes files, and the server can
 * be worked with. What comes of that, {@link RemoteListing} decides.
 */
public class RemoteFiles implements GenericFileFilter<Object>, PollingConsumerPollStrategy {

  /** How long a connection that nobody uses is kept. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  private RemoteLane lane;
  private SftpServer server;
  private RemoteFolders folders;
  private String sidecar;
  private ServerAccess access;
  private RemoteListing listing;

  /** Begins with what an earlier run has left. */
  public void open() {
    boolean required = SidecarRounds.isRequired(sidecar, lane.name());
    access = new ServerAccess(lane, server, folders.maxWait(), folders.probe());
    lane.pause().forget();
    listing = new RemoteListing(lane, server, folders, required);
    folders.needlessCopies().sweep(lane);
    folders.left().recall(lane);
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    boolean paused = !lane.takesFiles() && !access.isRefused();
    if (!folders.shared().intake().isOpen() || paused || !access.isDue()) {
      return false;
    }
    if (!isLetIn((SftpEndpoint) endpoint)) {
      return false;
    }
    listing.begin();
    return true;
  }

  /** Tried by ourselves first: Camel would try a wrong password six times over. */
  private boolean isLetIn(SftpEndpoint endpoint) {
    try {
      server.configure(endpoint);
      if (!access.isProven()) {
        server.sessions().with(SftpSession::isConnected);
      }
      return true;
    } catch (Exception e) {
      access.failed(e, endpoint);
      return false;
    }
  }

  @Override
  public boolean accept(GenericFile<Object> file) {
    return listing.letsThrough(file);
  }

  /** A file that was let through, as it was seen to have settled. */
  RemoteFile handOver(GenericFile<?> file) {
    return listing.fileOf(file);
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
    access.worked();
    listing.end();
    server.sessions().closeIdle(IDLE);
  }

  @Override
  public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) {
    if (!listing.leaveOut(cause)) {
      access.failed(cause, (SftpEndpoint) endpoint);
    }
    return false;
  }

  public void setLane(RemoteLane lane) {
    this.lane = lane;
  }

  public void setServer(SftpServer server) {
    this.server = server;
  }

  /** What the lanes over folders of servers have in common. */
  public void setFolders(RemoteFolders folders) {
    this.folders = folders;
  }

  /** {@code optional}, or {@code required}: files wait for their sidecars. */
  public void setSidecar(String sidecar) {
    this.sidecar = sidecar;
  }
}
