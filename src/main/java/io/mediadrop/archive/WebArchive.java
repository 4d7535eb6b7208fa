package io.mediadrop.archive;

import io.mediadrop.net.WebAddress;
import io.mediadrop.net.WebPosts;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.FileEntity;

/** An archive that is reached over http: it gets each body in a POST. */
public class WebArchive {

  private WebPosts posts;
  private String uri;

  /**
   * Sends the records of a media, or the file behind one of its items.
   *
   * @throws HttpOperationFailedException if the archive refuses it
   * @throws IOException if there was no answer in time
   */
  public void post(Message message) throws IOException, HttpOperationFailedException {
    posts.post(WebAddress.of(uri), Map.of(), entity(message));
  }

  private static HttpEntity entity(Message message) {
    return message.getBody() instanceof File file
        ? new FileEntity(file, ContentType.APPLICATION_OCTET_STREAM)
        : new ByteArrayEntity(message.getBody(byte[].class), ContentType.APPLICATION_JSON);
  }

  public void setPosts(WebPosts posts) {
    this.posts = posts;
  }

  public void setUri(String uri) {
    this.uri = uri;
  }
}
