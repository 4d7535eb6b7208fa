package io.mediadrop.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.ListContainerOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ArchiveIT {

  private static final String ACCESS_KEY = "AKIAOFTHESTORE";
  private static final String SECRET_KEY = "s3cr3t+of/the=store&%";

  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void serve() throws Exception {
    // as the recipe says of stores like this one
    System.setProperty("aws.requestChecksumCalculation", "when_required");
    store = new Store();
    store.start();
  }

  @AfterEach
  void stop() throws Exception {
    store.close();
    System.clearProperty("aws.requestChecksumCalculation");
  }

  private Path configured(String accessKey, String secretKey) throws IOException {
    return Recipe.named("S3")
        .with("https://s3.example.com", "http://127.0.0.1:" + store.port)
        .with("the access key", accessKey)
        .with("the secret key", secretKey)
        .into(folder);
  }

  @Test
  void getsWhatItMissedOnceItIsThereAgain() throws Exception {
    new Delivery(store, folder.resolve("home"), configured(ACCESS_KEY, SECRET_KEY)).check();
  }

  @Test
  void keepsTheKeysToItselfWhereTheyAreRefused() throws Exception {
    Path config = configured("AKIAOFNOBODY", "s3cr3t-of-nobody");

    Delivery.assertRefusedInSilence(
        folder.resolve("home"), config, "archive", "AKIAOFNOBODY", "s3cr3t-of-nobody");
  }

  /** A store in memory that checks signatures. */
  private static final class Store implements ArchiveServer {

    private final BlobStoreContext context =
        ContextBuilder.newBuilder(new TransientApiMetadata()).build(BlobStoreContext.class);
    private final BlobStore blobs = context.getBlobStore();
    private S3Proxy proxy;
    private int port;

    Store() {
      blobs.createContainerInLocation(null, "media");
    }

    @Override
    public Map<String, byte[]> files() throws Exception {
      Map<String, byte[]> files = new TreeMap<>();
      ListContainerOptions all = ListContainerOptions.Builder.recursive().prefix("mediadrop/");
      for (StorageMetadata object : blobs.list("media", all)) {
        Blob blob = blobs.getBlob("media", object.getName());
        assertThat(blob.getMetadata().getUserMetadata()).isEmpty();
        files.put(
            object.getName().substring("mediadrop/".length()),
            blob.getPayload().openStream().readAllBytes());
      }
      return files;
    }

    @Override
    public void stop() throws Exception {
      proxy.stop();
    }

    @Override
    public void start() throws Exception {
      if (port == 0) {
        try (ServerSocket free = new ServerSocket(0)) {
          port = free.getLocalPort();
        }
      }
      proxy =
          S3Proxy.builder()
              .blobStore(blobs)
              .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
              .endpoint(URI.create("http://127.0.0.1:" + port))
              .build();
      proxy.start();
    }

    void close() throws Exception {
      proxy.stop();
      context.close();
    }
  }
}
