package io.mediadrop.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Listings of the vault, and its lists. */
final class VaultRoutes {

  Answer media(Exchange call) throws Refused {
    Page page = Page.of(call, 24);
    return Answer.json(200, page.json(sorted(call), item -> entry(item, call.baseUrl())));
  }

  Answer lists(Exchange call) throws Refused {
    Page page = Page.of(call, 24);
    return Answer.json(200, page.json(call.connection().vault().lists(), VaultList::json));
  }

  Answer createList(Exchange call) throws IOException, Refused {
    String name = InitRequest.text(call.json(), "name");
    return Answer.json(200, call.connection().vault().createList(name).json());
  }

  Answer deleteList(Exchange call) throws Refused {
    call.connection().vault().deleteList(call.parameter(0));
    return Answer.json(200, Json.object().put("success", true));
  }

  Answer listMedia(Exchange call) throws Refused {
    Page page = Page.of(call, 24);
    List<MediaItem> filed = call.connection().vault().list(call.parameter(0)).media();
    return Answer.json(200, page.json(filed, item -> entry(item, call.baseUrl())));
  }

  Answer fileMedia(Exchange call) throws IOException, Refused {
    Vault vault = call.connection().vault();
    VaultList list = vault.list(call.parameter(0));
    JsonNode ids = call.json().path("mediaIds");
    if (!ids.isArray() || ids.isEmpty() || ids.size() > 100) {
      throw Refused.badRequest("mediaIds must hold 1 to 100 numbers");
    }
    List<MediaItem> media = new ArrayList<>();
    for (JsonNode id : ids) {
      media.add(medium(vault, id));
    }
    vault.file(list, media);
    return Answer.json(200, list.json());
  }

  private static MediaItem medium(Vault vault, JsonNode id) throws Refused {
    if (!id.isIntegralNumber()) {
      throw Refused.badRequest("mediaIds must be numbers, not " + id);
    }
    return vault
        .find(id.longValue())
        .orElseThrow(() -> Refused.notFound("Media " + id + " not found"));
  }

  private static List<MediaItem> sorted(Exchange call) {
    List<MediaItem> items = new ArrayList<>(call.connection().vault().list());
    if (!"asc".equals(call.query("sortDirection"))) {
      Collections.reverse(items);
    }
    return items;
  }

  private static ObjectNode entry(MediaItem item, String baseUrl) {
    ObjectNode json = item.json(baseUrl);
    json.putObject("counters").put("likesCount", 0).put("tipsSumm", 0);
    json.putArray("lists");
    return json.put("hasPosts", false);
  }
}
