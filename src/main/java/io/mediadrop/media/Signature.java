package io.mediadrop.media;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Bytes that the files of a kind begin with.
 *
 * @param bytes an expression over Latin-1 in which a dot is any byte
 */
record Signature(Format format, Pattern bytes) {

  private static final List<Signature> KNOWN =
      List.of(
          of(Format.CR2, "II\\*\\x00.{4}CR\\x02"),
          of(Format.TIFF, "II[*+]\\x00|MM\\x00[*+]"),
          of(Format.ORF, "IIRO|IIRS|MMOR"),
          of(Format.RW2, "IIU\\x00"),
          of(Format.JPEG_XR, "II\\xbc[\\x00\\x01]"),
          of(Format.CRW, "(II|MM).{4}HEAPCCDR"),
          of(Format.RAF, "FUJIFILMCCD-RAW"),
          of(Format.X3F, "FOVb"),
          of(Format.MRW, "\\x00MRM"),
          of(Format.BMP, "BM.{12}[\\x0c\\x28\\x34\\x38\\x40\\x6c\\x7c]\\x00\\x00\\x00"),
          of(Format.ICON, "\\x00\\x00\\x01\\x00[^\\x00]\\x00.{3}\\x00"),
          of(Format.PHOTOSHOP, "8BPS\\x00[\\x01\\x02]"),
          of(Format.MOTION_JPEG_2000, "\\x00\\x00\\x00\\x0cjP  .{12}mjp2"),
          of(Format.JPEG_2000, "\\x00\\x00\\x00\\x0cjP  \\r\\n"),
          of(Format.CODESTREAM, "\\xffO\\xffQ"),
          of(Format.JPEG_XL, "\\xff\\x0a|\\x00\\x00\\x00\\x0cJXL "),
          of(Format.MNG, "\\x8aMNG"),
          of(Format.JNG, "\\x8bJNG"),
          of(Format.EXR, "v/1\\x01"),
          of(Format.DPX, "SDPX|XPDS"),
          of(Format.QOI, "qoif"),
          of(Format.SUN_RASTER, "\\x59\\xa6\\x6a\\x95"),
          of(Format.BITMAP, "P[14]\\s+[#\\d]"),
          of(Format.GRAYMAP, "P[25]\\s+[#\\d]"),
          of(Format.PIXMAP, "P[36]\\s+[#\\d]"),
          of(Format.ANYMAP, "P7\\n(#|WIDTH)|P[fF]\\n\\d"),
          of(Format.FLV, "FLV\\x01"),
          of(Format.ASF, "\\x30\\x26\\xb2\\x75\\x8e\\x66\\xcf\\x11"),
          of(Format.MXF, "\\x06\\x0e\\x2b\\x34\\x02\\x05\\x01\\x01\\x0d\\x01\\x02"),
          of(Format.DV, "\\x1f\\x07\\x00[\\x3f\\xbf]"),
          of(Format.IVF, "DKIF\\x00\\x00"),
          of(Format.WAVE64, "riff\\x2e\\x91\\xcf\\x11"),
          of(Format.AIFF, "FORM.{4}AIF[FC]"),
          of(Format.CAF, "caff\\x00\\x01"),
          of(Format.AU, "\\.snd\\x00"),
          of(Format.AMR_WB, "#!AMR-WB"),
          of(Format.AMR, "#!AMR"),
          of(Format.AC3, "\\x0b\\x77.{3}[\\x00-\\x57]"),
          of(Format.EAC3, "\\x0b\\x77.{3}[\\x58-\\x87]"),
          of(Format.DTS, "\\x7f\\xfe\\x80\\x01"),
          of(Format.DSF, "DSD .\\x00\\x00\\x00"),
          of(Format.TTA, "TTA1"),
          of(Format.WAVPACK, "wvpk"),
          of(Format.FITS, "SIMPLE  ="),
          of(Format.HDR, "#\\?(RADIANCE|RGBE)\\n"),
          of(Format.CINEON, "\\x80\\x2a\\x5f\\xd7"),
          of(Format.SGI, "\\x01\\xda[\\x00\\x01][\\x01\\x02]\\x00"),
          of(Format.DDS, "DDS \\x7c\\x00"),
          of(Format.REAL_MEDIA, "\\.RMF|\\.ra\\xfd"),
          of(Format.GXF, "\\x00\\x00\\x00\\x00\\x01\\xbc"),
          of(Format.NUT, "nut/multimedia container"),
          of(Format.WTV, "\\xb7\\xd8\\x00\\x20\\x37\\x49\\xda\\x11"),
          of(Format.Y4M, "YUV4MPEG2 "),
          of(Format.H264, "\\x00\\x00\\x00\\x01[\\x67\\x27\\x47\\x09]"),
          of(Format.H265, "\\x00\\x00\\x00\\x01[\\x40\\x46]\\x01"),
          of(Format.VOC, "Creative Voice File\\x1a"),
          of(Format.MLP, ".{4}\\xf8\\x72\\x6f[\\xba\\xbb]"));

  static Optional<String> type(String start) {
    return KNOWN.stream()
        .filter(signature -> signature.bytes.matcher(start).lookingAt())
        .map(signature -> signature.format.type())
        .findFirst();
  }

  private static Signature of(Format format, String bytes) {
    return new Signature(format, Pattern.compile(bytes, Pattern.DOTALL));
  }
}
