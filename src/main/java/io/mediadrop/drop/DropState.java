package io.mediadrop.drop;

/** How far a drop has come. */
public enum DropState {
  /** Taken by a worker; nothing is known at the API. */
  CLAIMED,
  /** The API has given it an upload session and a plan. */
  OPENED,
  /** The one PUT of a whole file may have begun; its outcome is unknown until it is answered. */
  SENDING,
  /** The parts are there and the call to complete may have been made. */
  COMPLETING,
  /** The API has it. It is never sent again. */
  UPLOADED,
  /** The original lies in the archive with its receipt. */
  FILED,
  /** It failed in passing and is due again later. */
  WAITING,
  /** It will not be uploaded; its file still has to be moved. */
  FAILED,
  /** It lies in the failed folder with its reason. */
  FAILED_MOVED,
  /** The connection has the same content already. */
  DUPLICATE,
  /** Its file has vanished and may return. */
  MISSING,
  /** Its file has vanished for good, or another file has taken its place. */
  GONE
}
