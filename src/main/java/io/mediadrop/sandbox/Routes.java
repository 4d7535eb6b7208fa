package io.mediadrop.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** Who answers which route. */
final class Routes {
  /** Answers the calls of one route. */
  @FunctionalInterface
  interface Handler {
    Answer answer(Exchange call) throws IOException, Refused;
  }

  private final Gate gate;
  private final Map<Route, Handler> table = new EnumMap<>(Route.class);

  Routes(Gate gate, UploadRoutes uploads, PublishRoutes publish, AccountRoutes account) {
    this.gate = gate;
    table.put(Route.CHECK, uploads::check);
    table.put(Route.INIT, uploads::init);
    table.put(Route.WHOLE, uploads::putWhole);
    table.put(Route.PART, uploads::putPart);
    table.put(Route.COMPLETE, uploads::complete);
    table.put(Route.CREATE_POST, publish::publish);
    table.put(Route.SEND_MESSAGE, publish::publish);
    table.put(Route.WHOAMI, account::whoami);
    table.put(Route.CONNECTIONS, account::connections);
    table.put(Route.MEDIA_FILE, Routes::mediaFile);
    addVault(new VaultRoutes());
  }

  Answer answer(Exchange call) throws IOException, Refused {
    gate.admit(call);
    return table.get(call.route()).answer(call);
  }

  private void addVault(VaultRoutes vault) {
    table.put(Route.VAULT_MEDIA, vault::media);
    table.put(Route.LISTS, vault::lists);
    table.put(Route.CREATE_LIST, vault::createList);
    table.put(Route.DELETE_LIST, vault::deleteList);
    table.put(Route.LIST_MEDIA, vault::listMedia);
    table.put(Route.FILE_MEDIA, vault::fileMedia);
  }

  // content is not kept: each URL serves bytes that name it, as many as it says
  private static Answer mediaFile(Exchange call) throws Refused {
    byte[] name = call.target().path().getBytes(StandardCharsets.UTF_8);
    String size = call.query("size");
    byte[] bytes = new byte[size == null ? name.length : sizeOf(size)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = name[i % name.length];
    }
    return Answer.of(200, "application/octet-stream", bytes);
  }

  private static int sizeOf(String text) throws Refused {
    if (!text.matches("\\d{1,8}")) {
      throw Refused.notFound("The sandbox serves no file of this size");
    }
    return Integer.parseInt(text);
  }
}
