package io.mediadrop.sandbox;

import java.io.IOException;
import java.io.InputStream;

/**
 * One way in which a call goes wrong. Each method is a moment of the call at which it may step in;
 * {@link Faults} has the usual ones.
 */
public interface Fault {
  /** The call goes as it should. */
  Fault NONE = new Fault() {};

  /**
   * Before the API sees the call.
   *
   * @return the answer that takes the place of the API's, or null to let the API answer
   * @throws Refused to have the API answer with an error of this type
   */
  default Answer instead(Exchange call) throws IOException, Refused {
    return null;
  }

  /** While the body comes in: the stream to read it through. */
  default InputStream reading(InputStream body, Wire wire) {
    return body;
  }

  /** After the API has done what was asked, before its answer goes out. */
  default Answer answering(Answer answer, Exchange call) throws IOException {
    return answer;
  }

  /** After the answer has gone out. */
  default void answered(Wire wire) throws IOException {}
}
