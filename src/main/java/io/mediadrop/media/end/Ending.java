package io.mediadrop.media.end;

import java.io.EOFException;
import java.io.IOException;

/** How a kind of media tells where it ends. */
public enum Ending {
  /** Not at all, or in a way that good files do without. */
  UNTOLD(file -> true),
  /** Not told either, but packed, so that it never ends with a block of zeros. */
  PACKED(file -> !file.endsBlank(file.size())),
  JPEG(JpegEnd::isThere),
  PNG(PngEnd::isThere),
  GIF(GifEnd::isThere),
  RIFF(ChunksEnd::ofRiff),
  IFF(ChunksEnd::ofIff),
  CAF(ChunksEnd::ofCaf),
  MOVIE(BoxesEnd::ofMovie),
  PICTURE(BoxesEnd::ofPicture),
  JPEG_XL(BoxesEnd::ofJpegXl),
  JPEG_2000(BoxesEnd::ofJpeg2000),
  CODESTREAM(JpegEnd::isThereInCodestream),
  TIFF(TiffEnd::isThere),
  RAF(HeaderEnd::ofRaf),
  X3F(HeaderEnd::ofX3f),
  BITMAP(BitmapEnd::ofBmp),
  ICON(BitmapEnd::ofIcon),
  PHOTOSHOP(PhotoshopEnd::isThere),
  EXR(HeaderEnd::ofExr),
  DPX(HeaderEnd::ofDpx),
  QOI(HeaderEnd::ofQoi),
  SUN_RASTER(HeaderEnd::ofSunRaster),
  NETPBM(BitmapEnd::ofNetpbm),
  MATROSKA(MatroskaEnd::isThere),
  ASF(AsfEnd::isThere),
  FLV(FlvEnd::isThere),
  MXF(MxfEnd::isThere),
  IVF(FramesEnd::ofIvf),
  OGG(OggEnd::isThere),
  FLAC(FlacEnd::isThere),
  MP3(Mp3End::isThere),
  ID3(Id3End::isThere),
  AU(HeaderEnd::ofAu),
  WAVE64(HeaderEnd::ofWave64),
  DSF(HeaderEnd::ofDsf),
  TTA(FramesEnd::ofTta),
  WAVPACK(FramesEnd::ofWavpack);

  /** A look at some places of a file. */
  @FunctionalInterface
  private interface Look {
    boolean at(FileBytes file) throws IOException;
  }

  private final Look look;

  Ending(Look look) {
    this.look = look;
  }

  /**
   * Whether a file of this kind is whole, as far as it tells; what lies behind its end is carried
   * along. Takes a few reads at head and tail, or one for each of its outermost pieces.
   */
  public boolean isThere(FileBytes file) throws IOException {
    try {
      return look.at(file);
    } catch (EOFException e) {
      return false; // what it refers to lies behind its end
    } catch (TooManyReads e) {
      return true; // nothing can be said
    }
  }
}
