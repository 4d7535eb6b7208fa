package io.mediadrop.media;

import static io.mediadrop.media.IsoBox.bytes;
import static io.mediadrop.media.IsoBox.join;
import static io.mediadrop.media.IsoBox.text;

import java.util.HexFormat;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * What stands around the content of a file of some format.
 *
 * @param head what stands before it, which may tell the length of the whole
 */
record MediaShape(LongFunction<byte[]> head, Filling filling, byte[] tail) {

  static MediaShape of(String extension) {
    return switch (extension.toLowerCase(Locale.ROOT)) {
      case "jpg", "jpeg" -> jpeg();
      case "png" -> png();
      case "gif" -> gif();
      case "webp" -> webp();
      case "heic" -> iso(join(IsoBox.ftyp("heic", "mif1", "heic"), IsoBox.meta()), new byte[0]);
      case "mp4" -> iso(IsoBox.ftyp("isom", "isom", "iso2", "avc1", "mp41"), IsoBox.moov("vide"));
      case "mov" -> iso(IsoBox.ftyp("qt  ", "qt  "), IsoBox.moov("vide"));
      case "m4a" -> iso(IsoBox.ftyp("M4A ", "M4A ", "mp42", "isom"), IsoBox.moov("soun"));
      case "webm" -> webm();
      case "mp3" -> new MediaShape(size -> hex("494433030000 00000000"), Filling::frames, hex(""));
      default -> throw new IllegalArgumentException("no format is known for ." + extension);
    };
  }

  /** One grey pixel's tables; the content is what a decoder calls the scan. */
  private static MediaShape jpeg() {
    byte[] head =
        join(
            hex("ffd8 ffe0 0010 4a46494600 0101 00 00480048 0000"),
            hex("ffdb 0043 00" + "10".repeat(64)),
            hex("ffc0 000b 08 0001 0001 01 011100"),
            hex(
                "ffc4 0014 00 01"
                    + "00".repeat(15)
                    + "00 ffc4 0014 10 01"
                    + "00".repeat(15)
                    + "00"),
            hex("ffda 0008 01 0100 003f00"));
    return new MediaShape(size -> head, Filling::plain, hex("ffd9"));
  }

  /** One black pixel, and a private chunk that decoders pass over. */
  private static MediaShape png() {
    byte[] pixel =
        join(
            hex("89504e470d0a1a0a 0000000d 49484452 00000001 00000001 0800000000 3a7e9b55"),
            hex("0000000a 49444154 78da6360000000020001 e527defc"));
    byte[] end = hex("00000000 49454e44 ae426082");
    LongFunction<byte[]> head =
        size -> {
          long content = size - pixel.length - 8 - 4 - end.length;
          return join(pixel, bytes((int) content), text("fiLl"));
        };
    return new MediaShape(head, Filling.chunk("fiLl"), end);
  }

  private static MediaShape gif() {
    byte[] head =
        join(
            text("GIF89a"),
            hex("0100 0100 80 00 00 000000 ffffff"),
            hex("21 ff 0b"),
            text("NETSCAPE2.0"),
            hex("03 01 0000 00 21 f9 04 04 0a00 00 00"),
            hex("2c 0000 0000 0100 0100 00 02"));
    return new MediaShape(size -> head, Filling::blocks, hex("00 3b"));
  }

  private static MediaShape webp() {
    LongFunction<byte[]> head =
        size ->
            join(
                text("RIFF"),
                littleEndian(even(size) - 8),
                text("WEBPVP8 "),
                littleEndian(even(size) - 20),
                hex("300100 9d012a 0100 0100"));
    return new MediaShape(head, Filling::plain, new byte[0]);
  }

  /** What comes first, the content, the index: as a camera writes it. */
  private static MediaShape iso(byte[] first, byte[] index) {
    LongFunction<byte[]> head =
        size -> join(first, IsoBox.startOfMdat(size - first.length - index.length));
    return new MediaShape(head, Filling::plain, index);
  }

  private static MediaShape webm() {
    byte[] ebml =
        hex("1a45dfa3 9f 42868101 42f78101 42f28104 42f38108 4282847765626d 42878104 42858102");
    byte[] info = hex("1549a966 8f 2ad7b1830f4240 4d80816d 5741816d");
    LongFunction<byte[]> head =
        size -> {
          long segment = size - ebml.length - 12;
          long cluster = segment - info.length - 12;
          long block = cluster - 3 - 9;
          return join(
              ebml,
              join(hex("18538067"), vint(segment), info),
              join(hex("1f43b675"), vint(cluster), hex("e78100")),
              join(hex("a3"), vint(block), hex("81 0000 80")));
        };
    return new MediaShape(head, Filling::plain, new byte[0]);
  }

  /** Matroska's eight-byte form of a length. */
  private static byte[] vint(long length) {
    return join(bytes(0x01000000 | (int) (length >> 32) & 0xffffff, (int) length));
  }

  /** A RIFF chunk has an even length; an odd byte is left over at the end. */
  private static long even(long size) {
    return size / 2 * 2;
  }

  private static byte[] littleEndian(long length) {
    return bytes(Integer.reverseBytes((int) length));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }
}
