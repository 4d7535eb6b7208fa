package io.mediadrop.remote;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpOperations;

/** How a server is logged in to: as Camel does it itself, by the options of the endpoint. */
final class SftpLogin extends SftpOperations {

  private final SftpEndpoint endpoint;

  SftpLogin(SftpEndpoint endpoint) {
    setEndpoint(endpoint);
    this.endpoint = endpoint;
  }

  /** A session that is not connected yet. */
  Session session() throws JSchException {
    Session session = createSession((RemoteFileConfiguration) endpoint.getConfiguration());
    session.setDaemonThread(true);
    if (endpoint.getProxy() instanceof ThroughProxy proxy) {
      session.setProxy(proxy.again());
    }
    // a server locks accounts that try too often: each thing that we have is tried once
    int tries = isGiven(endpoint.getConfiguration().getPassword()) ? 1 : 0;
    tries += isGiven(endpoint.getConfiguration().getPrivateKeyFile()) ? 1 : 0;
    session.setConfig("MaxAuthTries", Integer.toString(tries));
    return session;
  }

  private static boolean isGiven(String value) {
    return value != null && !value.isEmpty();
  }

  /** The key that the server shows while it is not accepted; null if it is by now. */
  HostKey refusedKey() throws JSchException {
    Session session = session();
    try {
      session.connect(endpoint.getConfiguration().getConnectTimeout());
      return null;
    } catch (JSchHostKeyException e) {
      return session.getHostKey();
    } finally {
      session.disconnect();
    }
  }
}
