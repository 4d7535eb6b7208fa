package io.mediadrop.media;

import io.mediadrop.media.end.Ending;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of media that are known by name and content: what servers call them, and all their
 * common extensions, the usual one first. docs/media.md lists them for people.
 */
public enum Format {
  JPEG("image/jpeg", Ending.JPEG, "jpg jpeg jpe jfif jfi jif pjpeg pjpg insp mpo jps"),
  PNG("image/png", Ending.PNG, "png"),
  APNG("image/apng", PNG, "apng"),
  MNG("video/x-mng", Ending.PNG, "mng"),
  JNG("image/x-jng", Ending.PNG, "jng"),
  GIF("image/gif", Ending.GIF, "gif"),
  WEBP("image/webp", Ending.RIFF, "webp"),
  HEIC("image/heic", Ending.PICTURE, "heic heics"),
  HEIF("image/heif", Ending.PICTURE, "heif heifs hif"),
  AVIF("image/avif", Ending.PICTURE, "avif avifs"),
  JPEG_XL("image/jxl", Ending.JPEG_XL, "jxl"),
  JPEG_2000("image/jp2", Ending.JPEG_2000, "jp2 jpg2 jpf jpx jpm"),
  CODESTREAM("image/x-jp2-codestream", Ending.CODESTREAM, "j2k j2c jpc"),
  JPEG_LS("image/jls", Ending.JPEG, "jls"),
  JPEG_XR("image/jxr", Ending.TIFF, "jxr hdp wdp"),
  BMP("image/bmp", Ending.BITMAP, "bmp dib"),
  ICON("image/vnd.microsoft.icon", Ending.ICON, "ico"),
  PHOTOSHOP("image/vnd.adobe.photoshop", Ending.PHOTOSHOP, "psd psb"),
  EXR("image/x-exr", Ending.EXR, "exr"),
  DPX("image/dpx", Ending.DPX, "dpx"),
  QOI("image/qoi", Ending.QOI, "qoi"),
  SUN_RASTER("image/x-sun-raster", Ending.SUN_RASTER, "ras sun"),
  BITMAP("image/x-portable-bitmap", Ending.NETPBM, "pbm"),
  GRAYMAP("image/x-portable-graymap", Ending.NETPBM, "pgm"),
  PIXMAP("image/x-portable-pixmap", Ending.NETPBM, "ppm"),
  ANYMAP("image/x-portable-anymap", Ending.NETPBM, "pnm pam pfm"),
  FITS("image/fits", Ending.UNTOLD, "fits fit fts"),
  HDR("image/vnd.radiance", Ending.UNTOLD, "hdr rgbe"),
  CINEON("image/x-cineon", Ending.UNTOLD, "cin"),
  SGI("image/x-sgi", Ending.UNTOLD, "sgi"),
  DDS("image/x-dds", Ending.UNTOLD, "dds"),
  TIFF("image/tiff", Ending.TIFF, "tiff tif btf tf8 ptif"),
  DNG("image/x-adobe-dng", TIFF, "dng"),
  GPR("image/x-gopro-gpr", TIFF, "gpr"),
  NEF("image/x-nikon-nef", TIFF, "nef"),
  NRW("image/x-nikon-nrw", TIFF, "nrw"),
  CR2("image/x-canon-cr2", TIFF, "cr2"),
  CR3("image/x-canon-cr3", Ending.MOVIE, "cr3"),
  CRW("image/x-canon-crw", Ending.UNTOLD, "crw"),
  ARW("image/x-sony-arw", TIFF, "arw"),
  SR2("image/x-sony-sr2", TIFF, "sr2"),
  SRF("image/x-sony-srf", TIFF, "srf"),
  RAF("image/x-fuji-raf", Ending.RAF, "raf"),
  ORF("image/x-olympus-orf", TIFF, "orf ori"),
  RW2("image/x-panasonic-rw2", Ending.TIFF, "rw2"),
  RWL("image/x-leica-rwl", RW2, "rwl"),
  PEF("image/x-pentax-pef", TIFF, "pef"),
  SRW("image/x-samsung-srw", TIFF, "srw"),
  X3F("image/x-sigma-x3f", Ending.X3F, "x3f"),
  MRW("image/x-minolta-mrw", Ending.UNTOLD, "mrw"),
  ERF("image/x-epson-erf", TIFF, "erf"),
  HASSELBLAD_3FR("image/x-hasselblad-3fr", TIFF, "3fr"),
  FFF("image/x-hasselblad-fff", TIFF, "fff"),
  IIQ("image/x-phaseone-iiq", TIFF, "iiq"),
  MEF("image/x-mamiya-mef", TIFF, "mef"),
  MOS("image/x-leaf-mos", TIFF, "mos"),
  DCR("image/x-kodak-dcr", TIFF, "dcr"),
  KDC("image/x-kodak-kdc", TIFF, "kdc"),
  K25("image/x-kodak-k25", TIFF, "k25"),

  MP4("video/mp4", Ending.MOVIE, "mp4 m4v mp4v mpg4 f4v insv 360 lrv lrf ismv"),
  QUICKTIME("video/quicktime", Ending.MOVIE, "mov qt moov"),
  GPP("video/3gpp", MP4, "3gp 3gpp"),
  GPP2("video/3gpp2", MP4, "3g2 3gp2 3gpp2"),
  MATROSKA("video/x-matroska", Ending.MATROSKA, "mkv mk3d"),
  WEBM("video/webm", Ending.MATROSKA, "webm"),
  AVI("video/x-msvideo", Ending.RIFF, "avi divx"),
  ASF("video/x-ms-asf", Ending.ASF, "asf"),
  WMV("video/x-ms-wmv", ASF, "wmv"),
  FLV("video/x-flv", Ending.FLV, "flv"),
  OGV("video/ogg", Ending.OGG, "ogv ogm"),
  MXF("application/mxf", Ending.MXF, "mxf"),
  MPEG("video/mpeg", Ending.PACKED, "mpg mpeg mpe m1v m2v mpv m2p vob"),
  TRANSPORT_STREAM("video/mp2t", Ending.PACKED, "mts m2ts m2t trp tp"),
  DV("video/dv", Ending.PACKED, "dv dif"),
  IVF("video/x-ivf", Ending.IVF, "ivf"),
  MJPEG("video/x-mjpeg", JPEG, "mjpeg mjpg"),
  MOTION_JPEG_2000("video/mj2", Ending.MOVIE, "mj2 mjp2"),
  REAL_MEDIA("application/vnd.rn-realmedia", Ending.PACKED, "rm rmvb"),
  GXF("video/x-gxf", Ending.PACKED, "gxf"),
  NUT("video/x-nut", Ending.PACKED, "nut"),
  WTV("video/x-wtv", Ending.PACKED, "wtv"),
  Y4M("video/x-yuv4mpeg", Ending.UNTOLD, "y4m"),
  H264("video/h264", Ending.PACKED, "h264 264"),
  H265("video/h265", Ending.PACKED, "h265 265 hevc"),

  MP3("audio/mpeg", Ending.MP3, "mp3 mp2 mpga mpega"),
  M4A("audio/mp4", MP4, "m4a m4b m4r m4p f4a f4b"),
  AAC("audio/aac", Ending.ID3, "aac adts"),
  WAV("audio/wav", Ending.RIFF, "wav wave bwf rf64"),
  WAVE64("audio/x-w64", Ending.WAVE64, "w64"),
  FLAC("audio/flac", Ending.FLAC, "flac"),
  OGG("audio/ogg", Ending.OGG, "ogg oga opus spx"),
  MATROSKA_AUDIO("audio/x-matroska", MATROSKA, "mka"),
  WEBM_AUDIO("audio/webm", WEBM, "weba"),
  WMA("audio/x-ms-wma", ASF, "wma"),
  AIFF("audio/x-aiff", Ending.IFF, "aiff aif aifc"),
  CAF("audio/x-caf", Ending.CAF, "caf"),
  AU("audio/basic", Ending.AU, "au snd"),
  AMR("audio/amr", Ending.PACKED, "amr"),
  AMR_WB("audio/amr-wb", Ending.PACKED, "awb"),
  AC3("audio/ac3", Ending.PACKED, "ac3"),
  EAC3("audio/eac3", AC3, "eac3 ec3"),
  DTS("audio/vnd.dts", Ending.PACKED, "dts"),
  DSF("audio/x-dsf", Ending.DSF, "dsf"),
  TTA("audio/x-tta", Ending.TTA, "tta"),
  WAVPACK("audio/x-wavpack", Ending.WAVPACK, "wv"),
  REAL_AUDIO("audio/x-pn-realaudio", REAL_MEDIA, "ra"),
  VOC("audio/x-voc", Ending.UNTOLD, "voc"),
  MLP("audio/vnd.dolby.mlp", Ending.PACKED, "mlp thd");

  private static final Map<String, Format> BY_TYPE = new HashMap<>();
  private static final Map<String, Format> BY_EXTENSION = new HashMap<>();

  static {
    for (Format format : values()) {
      BY_TYPE.put(format.type, format);
      format.extensions.forEach(extension -> BY_EXTENSION.put(extension, format));
    }
  }

  private final String type;
  private final Ending ending;
  private final Format seenAs;
  private final List<String> extensions;

  Format(String type, Ending ending, String extensions) {
    this.type = type;
    this.ending = ending;
    this.seenAs = this;
    this.extensions = List.of(extensions.split(" "));
  }

  /** One whose first bytes may be those of another, so that the name decides. */
  Format(String type, Format seenAs, String extensions) {
    this.type = type;
    this.ending = seenAs.ending;
    this.seenAs = seenAs;
    this.extensions = List.of(extensions.split(" "));
  }

  static Optional<Format> ofType(String type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  /** The kind with this extension, in small letters and without a dot, if it is one's own. */
  public static Optional<Format> ofExtension(String extension) {
    return Optional.ofNullable(BY_EXTENSION.get(extension));
  }

  /** What it is called where its content type is asked for. */
  public String type() {
    return type;
  }

  /** How it tells where it ends. */
  public Ending ending() {
    return ending;
  }

  /** All in lower case and without a dot, the usual one first. */
  public List<String> extensions() {
    return extensions;
  }

  /** Whether bytes that look like this type may as well be of this kind. */
  boolean mayLookLike(String other) {
    return seenAs != this && seenAs.type.equals(other);
  }
}
