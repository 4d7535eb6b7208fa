package bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The certificate of the sink, which nobody vouches for but itself, made by keytool. */
final class Certificate {

  private static final String PASSWORD = "password";

  private final Path keys;
  private final Path pem;

  /** Makes one in a folder of its own. */
  Certificate(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    keys = folder.resolve("sink.p12");
    pem = folder.resolve("sink.pem");
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=sink", "-ext", "san=ip:127.0.0.1");
    keytool("-exportcert", "-rfc", "-file", pem.toString());
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of(arguments));
    Collections.addAll(
        command, "-alias", "sink", "-storepass", PASSWORD, "-keystore", keys.toString());
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed: " + command);
    }
  }

  /** For those who are to trust it. */
  Path pem() {
    return pem;
  }

  /** For whoever shows it. */
  SSLContext context() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
