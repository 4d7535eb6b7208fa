package io.mediadrop.api;

import io.mediadrop.net.ProxyFailed;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.apache.camel.RuntimeCamelException;

/** What a failure means for the file that it happened to. */
public enum Verdict {
  /** The file will not get better. */
  REFUSED,
  /** The lane may not upload; a person has to change that. */
  LANE_REFUSED,
  /** The base URL is not the API's. */
  WRONG_ADDRESS,
  /** The key is wrong. */
  WRONG_KEY,
  /** The connection's session has to be renewed by a person. */
  CONNECTION_EXPIRED,
  /** The upload session does not exist any more. */
  SESSION_GONE,
  /** A proxy lets nobody through without its user. */
  PROXY_REFUSED,
  /** It passes by itself. */
  PASSING,
  /** mediadrop itself or its machine is at fault. */
  OWN_FAULT;

  /** The verdict on a failure, by the kinds of answers that the API documents. */
  public static Verdict on(Throwable failure) {
    if (failure instanceof RuntimeCamelException && failure.getCause() != null) {
      return on(failure.getCause());
    }
    if (failure instanceof CallFailed call) {
      return on(call);
    }
    if (failure instanceof ProxyFailed proxy && proxy.wantsUser()) {
      return PROXY_REFUSED;
    }
    if (failure instanceof PlanRefused || failure instanceof PlanTooLarge) {
      return REFUSED;
    }
    // what is wrong with the file itself stays so however often the call is repeated
    boolean ofTheFile = failure instanceof SourceChanged || failure instanceof NoSuchFileException;
    return failure instanceof IOException && !ofTheFile ? PASSING : OWN_FAULT;
  }

  private static Verdict on(CallFailed call) {
    return switch (call.status()) {
      case 401 -> onUnauthorized(call.type());
      case 402, 403 -> LANE_REFUSED;
      case 404 -> call.type().equals("ROUTE_NOT_FOUND") ? WRONG_ADDRESS : SESSION_GONE;
      case 405 -> WRONG_ADDRESS;
      case 408, 425, 429 -> PASSING;
      default -> onOther(call.status());
    };
  }

  private static Verdict onUnauthorized(String type) {
    return switch (type) {
      case "SESSION_EXPIRED", "SESSION_NOT_PROVIDED" -> CONNECTION_EXPIRED;
      case "RULES_OUTDATED" -> PASSING;
      default -> WRONG_KEY;
    };
  }

  private static Verdict onOther(int status) {
    if (status >= 500) {
      return PASSING;
    }
    return status >= 400 ? REFUSED : WRONG_ADDRESS;
  }
}
