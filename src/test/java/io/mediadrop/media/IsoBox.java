package io.mediadrop.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Boxes of an ISO media file: MP4, QuickTime, M4A, HEIC. */
final class IsoBox {

  private static final byte[] IDENTITY = bytes(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

  private IsoBox() {}

  static byte[] ftyp(String brand, String... compatible) {
    return box("ftyp", text(brand), bytes(0x200), text(String.join("", compatible)));
  }

  /** The start of the box that holds the content; {@code length} is that of the whole box. */
  static byte[] startOfMdat(long length) {
    return length < 1L << 32
        ? join(bytes((int) length), text("mdat"))
        : join(bytes(1), text("mdat"), bytes((int) (length >> 32), (int) length));
  }

  /** An index of one track: {@code vide} or {@code soun}. */
  static byte[] moov(String handler) {
    byte[] mvhd =
        box("mvhd", bytes(0, 0, 0, 1000, 2000, 0x10000, 0x01000000, 0, 0), IDENTITY, zeros(6, 2));
    byte[] tkhd =
        box("tkhd", bytes(7, 0, 0, 1, 0, 2000, 0, 0, 0, 0), IDENTITY, bytes(640 << 16, 360 << 16));
    byte[] mdhd = box("mdhd", bytes(0, 0, 0, 1000, 2000, 0x55c40000));
    return box("moov", mvhd, box("trak", tkhd, box("mdia", mdhd, hdlr(handler))));
  }

  /** The description of a picture. */
  static byte[] meta() {
    return box("meta", bytes(0), hdlr("pict"), box("pitm", bytes(0), new byte[] {0, 1}));
  }

  static byte[] join(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  static byte[] bytes(int... numbers) {
    var bytes = ByteBuffer.allocate(4 * numbers.length);
    for (int number : numbers) {
      bytes.putInt(number);
    }
    return bytes.array();
  }

  static byte[] text(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] hdlr(String handler) {
    return box("hdlr", bytes(0, 0), text(handler), bytes(0, 0, 0), new byte[1]);
  }

  private static byte[] zeros(int count, int nextTrack) {
    return join(new byte[4 * count], bytes(nextTrack));
  }

  private static byte[] box(String type, byte[]... content) {
    byte[] joined = join(content);
    return join(bytes(8 + joined.length), text(type), joined);
  }
}
