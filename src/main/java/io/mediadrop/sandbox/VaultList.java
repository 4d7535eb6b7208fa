package io.mediadrop.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A list of media in a vault, made by hand. */
record VaultList(long id, String name, List<MediaItem> media) {

  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("id", id)
            .put("type", "custom")
            .put("name", name)
            .put("hasMedia", !media.isEmpty())
            .put("canUpdate", true)
            .put("canDelete", true);
    json.putArray("medias");
    return json;
  }
}
