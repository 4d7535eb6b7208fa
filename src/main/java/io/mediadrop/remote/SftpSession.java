package io.mediadrop.remote;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import io.mediadrop.base.Digests;
import io.mediadrop.file.FileStamp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.apache.camel.component.file.remote.SftpEndpoint;

/**
 * What is done over one connection to a server, by one thread at a time. Names are taken as they
 * are, where the library would take some as patterns.
 */
final class SftpSession implements AutoCloseable {

  private final Session session;
  private final ChannelSftp channel;

  private SftpSession(Session session, ChannelSftp channel) {
    this.session = session;
    this.channel = channel;
  }

  /** Connects and logs in. */
  static SftpSession open(SftpEndpoint endpoint) throws JSchException {
    int timeout = endpoint.getConfiguration().getConnectTimeout();
    Session session = new SftpLogin(endpoint).session();
    try {
      session.connect(timeout);
      ChannelSftp channel = (ChannelSftp) session.openChannel("sftp");
      channel.connect(timeout);
      return new SftpSession(session, channel);
    } catch (JSchException e) {
      session.disconnect();
      throw e;
    }
  }

  boolean isConnected() {
    return session.isConnected() && channel.isConnected();
  }

  /** What is at a path, without following a link; null if there is nothing. */
  FileStamp stampOf(String path) throws SftpException {
    try {
      return stampOf(channel.lstat(quote(path)));
    } catch (SftpException e) {
      if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        return null;
      }
      throw e;
    }
  }

  /** What a listing or a look says of a file; some servers do not say of what kind it is. */
  static FileStamp stampOf(SftpATTRS attributes) {
    int type =
        (attributes.getFlags() & SftpATTRS.SSH_FILEXFER_ATTR_PERMISSIONS) == 0
            ? 0
            : attributes.getPermissions() & 0170000;
    FileStamp.Kind kind =
        switch (type) {
          case 0, 0100000 -> FileStamp.Kind.FILE;
          case 0040000 -> FileStamp.Kind.DIRECTORY;
          case 0120000 -> FileStamp.Kind.LINK;
          default -> FileStamp.Kind.SPECIAL;
        };
    long modified = Integer.toUnsignedLong(attributes.getMTime()) * 1_000_000_000L;
    return new FileStamp(kind, attributes.getSize(), modified, 0, "");
  }

  /** The content of a file, from its beginning. */
  InputStream read(String path) throws SftpException {
    return channel.get(quote(path));
  }

  /** Gives a file a second name; false where the server does not. */
  boolean link(String from, String to) throws SftpException {
    try {
      String absolute = from.startsWith("/") ? from : channel.pwd() + "/" + from;
      channel.hardlink(quote(absolute), quote(to));
      return true;
    } catch (SftpException e) {
      if (e.getCause() != null) {
        throw e;
      }
      // the server or its file system knows no second links, or the name is taken
      return false;
    }
  }

  /** Gives a file another name; some servers replace what has it. */
  void rename(String from, String to) throws SftpException {
    channel.rename(quote(from), quote(to));
  }

  /** Deletes a file, if it is there. */
  void delete(String path) throws SftpException {
    try {
      channel.rm(quote(path));
    } catch (SftpException e) {
      if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        throw e;
      }
    }
  }

  /** Whether two files have the same bytes, all of which are read. */
  boolean haveSameContent(String path, String other) throws SftpException {
    return MessageDigest.isEqual(hash(path), hash(other));
  }

  private byte[] hash(String path) throws SftpException {
    try {
      MessageDigest sha256 = Digests.sha256();
      try (DigestInputStream content = new DigestInputStream(read(path), sha256)) {
        content.transferTo(OutputStream.nullOutputStream());
      }
      return sha256.digest();
    } catch (IOException e) {
      throw new SftpException(ChannelSftp.SSH_FX_FAILURE, "it cannot be read: " + e, e);
    }
  }

  /** Whether two paths may have the same folder; a server need not tell where a link leads. */
  boolean mayBeInOneFolder(String path, String other) throws SftpException {
    String folder = folderOf(other);
    FileStamp stamp = stampOf(folder);
    return stamp != null && stamp.kind() == FileStamp.Kind.LINK
        || channel.realpath(quote(folderOf(path))).equals(channel.realpath(quote(folder)));
  }

  private static String folderOf(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "." : path.substring(0, Math.max(1, slash));
  }

  /** Creates a folder if it is missing; false if a file has its name. */
  boolean createFolder(String path) throws SftpException {
    try {
      // some servers do not say what it is, and a link may lead to a folder
      return !channel.lstat(quote(path)).isReg();
    } catch (SftpException e) {
      if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
        throw e;
      }
    }
    try {
      channel.mkdir(quote(path));
    } catch (SftpException e) {
      // another worker of the lane may have created it
      if (stampOf(path) == null) {
        throw e;
      }
    }
    return true;
  }

  /** Writes a small file. */
  void write(String path, byte[] content) throws SftpException {
    channel.put(new ByteArrayInputStream(content), quote(path));
  }

  private static String quote(String path) {
    return path.replaceAll("([\\\\*?])", "\\\\$1");
  }

  @Override
  public void close() {
    channel.disconnect();
    session.disconnect();
  }
}
