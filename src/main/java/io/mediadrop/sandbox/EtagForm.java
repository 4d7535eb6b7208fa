package io.mediadrop.sandbox;

/** The etag by which check finds a file that was sent in parts. */
public enum EtagForm {
  /** MD5 of the parts' binary MD5s, a dash, the number of parts. */
  OF_PARTS,
  /** Plain MD5 of the whole file. */
  OF_WHOLE
}
