package io.mediadrop.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** The body of an answer, sent the way the answer wants. */
final class AnswerEntity extends AbstractHttpEntity {
  private final Answer answer;
  private final Wire wire;

  AnswerEntity(Answer answer, Wire wire) {
    super((String) null, null);
    this.answer = answer;
    this.wire = wire;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    answer.sending().send(answer.body(), out, wire);
  }

  @Override
  public long getContentLength() {
    return answer.body().length;
  }

  @Override
  public InputStream getContent() {
    return new ByteArrayInputStream(answer.body());
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public void close() {}
}
