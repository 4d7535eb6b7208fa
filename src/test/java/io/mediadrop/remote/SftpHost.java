package io.mediadrop.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemConfigurator;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SFTP server in this process, with one account on a folder of this machine. */
public final class SftpHost implements AutoCloseable {

  public static final String USER = "alice";
  public static final String PASSWORD = "pa55-{{wörd}}-of-the-nas";

  private final Path root;
  private final Path keys;
  private final AtomicInteger logins = new AtomicInteger();
  private final Map<String, String> forged = new ConcurrentHashMap<>();
  private volatile Reading reading = (file, offset) -> {};
  private volatile Runnable moving = () -> {};
  private final Set<String> written = ConcurrentHashMap.newKeySet();
  private final Set<Lie> lies = ConcurrentHashMap.newKeySet();
  private volatile boolean readOnly;
  private volatile String password = PASSWORD;
  private SshServer server;
  private int port;

  private SftpHost(Path root, Path keys) {
    this.root = root;
    this.keys = keys;
  }

  /** Serves a folder; its keys are put beside it. */
  public static SftpHost on(Path folder) throws IOException {
    SftpHost host =
        new SftpHost(Files.createDirectories(folder), folder.resolveSibling("host.key"));
    host.start();
    return host;
  }

  /** Starts again where it was. */
  public void start() throws IOException {
    server = SshServer.setUpDefaultServer();
    server.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.setPort(port);
    SimpleGeneratorHostKeyProvider key = new SimpleGeneratorHostKeyProvider(keys);
    key.setAlgorithm("EC");
    key.setKeySize(256);
    server.setKeyPairProvider(key);
    server.setPasswordAuthenticator(
        (user, given, session) -> {
          logins.incrementAndGet();
          return user.equals(USER) && given.equals(password);
        });
    server.setFileSystemFactory(new VirtualFileSystemFactory(root));
    server.setSubsystemFactories(List.of(subsystem()));
    server.start();
    port = server.getPort();
  }

  private SftpSubsystemFactory subsystem() {
    return new SftpSubsystemFactory() {
      @Override
      public Command createSubsystem(ChannelSession channel) {
        SftpSubsystem subsystem = new Forging(channel, this);
        subsystem.addSftpEventListener(new Watch());
        return subsystem;
      }
    };
  }

  /** Tells about a file other names than it has. */
  private final class Forging extends LyingSubsystem {

    Forging(ChannelSession channel, SftpSubsystemConfigurator configurator) {
      super(channel, configurator, lies);
    }

    @Override
    protected void writeDirEntry(
        int id,
        DirectoryHandle folder,
        Map<String, Path> entries,
        Buffer buffer,
        int index,
        Path file,
        String name,
        LinkOption... options)
        throws IOException {
      super.writeDirEntry(
          id, folder, entries, buffer, index, file, forged.getOrDefault(name, name), options);
    }
  }

  private final class Watch implements SftpEventListener {

    @Override
    public void reading(
        ServerSession session,
        String handle,
        FileHandle file,
        long offset,
        byte[] data,
        int start,
        int length)
        throws IOException {
      reading.at(file.getFile().getFileName().toString(), offset);
    }

    @Override
    public void writing(
        ServerSession session,
        String handle,
        FileHandle file,
        long offset,
        byte[] data,
        int start,
        int length) {
      written.add(file.getFile().getFileName().toString());
    }

    @Override
    public void readingEntries(ServerSession session, String handle, DirectoryHandle folder)
        throws IOException {
      if (folder.getFile().endsWith("barred")) {
        throw new AccessDeniedException("barred");
      }
    }

    @Override
    public void creating(ServerSession session, Path path, Map<String, ?> attributes)
        throws IOException {
      refuse();
    }

    @Override
    public void moving(ServerSession session, Path from, Path to, Collection<CopyOption> options)
        throws IOException {
      refuse();
    }

    @Override
    public void removing(ServerSession session, Path path, boolean folder) throws IOException {
      refuse();
    }

    @Override
    public void linking(ServerSession session, Path source, Path target, boolean symbolic)
        throws IOException {
      moving.run();
      refuse();
    }

    private void refuse() throws IOException {
      if (readOnly) {
        throw new AccessDeniedException("read-only");
      }
    }
  }

  /** Is told of everything that is read; may wait, or throw what the reader gets. */
  interface Reading {
    void at(String file, long offset) throws IOException;
  }

  /** Tells this of everything that is read from now on. */
  void onReading(Reading reading) {
    this.reading = reading;
  }

  /** Tells this of each file that is about to be put away, from now on. */
  void onMoving(Runnable moving) {
    this.moving = moving;
  }

  /** Lets nobody change anything, or again. */
  void setReadOnly(boolean readOnly) {
    this.readOnly = readOnly;
  }

  /** Takes this password from now on, and no other. */
  public void setPassword(String password) {
    this.password = password;
  }

  /** Tells these lies from now on. */
  public void lie(Lie... more) {
    lies.addAll(List.of(more));
  }

  /** Tells the truth from now on. */
  public void lieNoMore() {
    lies.clear();
  }

  /** Lists a file under a name that it does not have. */
  void forge(String name, String listed) {
    forged.put(name, listed);
  }

  /** Ends at once, as a server that loses its power; the ones that are connected lose it. */
  public void stop() throws IOException {
    server.stop(true);
  }

  /** Gets a new key, as a server that was set up anew, or another one in its place. */
  public void changeKey() throws IOException {
    stop();
    Files.delete(keys);
    start();
  }

  /** The names under which files were written. */
  public Set<String> written() {
    return written;
  }

  /** How many times somebody tried to log in. */
  public int logins() {
    return logins.get();
  }

  public int port() {
    return port;
  }

  /** The folder that the account sees as its root. */
  public Path root() {
    return root;
  }

  /** What belongs into a file of known hosts. */
  public String knownHostsLine() throws IOException {
    try {
      PublicKey key =
          server
              .getKeyPairProvider()
              .loadKey(null, KeyPairProvider.ECDSA_SHA2_NISTP256)
              .getPublic();
      return "[127.0.0.1]:" + port + " " + PublicKeyEntry.toString(key);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
