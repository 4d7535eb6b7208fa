package io.mediadrop.sandbox;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A body that is read in ten small sips per second. */
final class SlowBody extends FilterInputStream {
  private final Wire wire;
  private final int sip;

  SlowBody(InputStream in, int bytesPerSecond, Wire wire) {
    super(in);
    this.wire = wire;
    this.sip = Math.max(1, bytesPerSecond / 10);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    wire.pause(Duration.ofMillis(100));
    return super.read(buffer, offset, Math.min(length, sip));
  }
}
