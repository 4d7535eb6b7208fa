package io.mediadrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
  private static final String MEDIA = "/v2/access/vault/media";
  private static final String LISTS = "/v2/access/vault/lists";

  private Sandbox sandbox;
  private Caller caller;

  @BeforeEach
  void uploadThree() throws Exception {
    sandbox = Sandbox.start();
    caller = Caller.of(sandbox);
    for (int i = 1; i <= 3; i++) {
      caller.upload(i + ".jpg", "image/jpeg", new byte[i]);
    }
  }

  @AfterEach
  void close() throws Exception {
    sandbox.close();
  }

  private long id(int index) {
    return sandbox.uploads().get(index).mediaId();
  }

  @Test
  void listsTheMostRecentFirst() throws Exception {
    JsonNode page = caller.get(MEDIA + "?sortBy=recent&sortDirection=desc&limit=2").json();

    assertThat(page.path("list")).hasSize(2);
    assertThat(page.at("/list/0/id").asLong()).isEqualTo(id(2));
    assertThat(page.at("/list/0/counters/likesCount").isInt()).isTrue();
    assertThat(page.path("hasMore").asBoolean()).isTrue();
  }

  @Test
  void pagesByOffset() throws Exception {
    JsonNode page = caller.get(MEDIA + "?sortDirection=asc&limit=2&offset=2").json();

    assertThat(page.path("list")).hasSize(1);
    assertThat(page.at("/list/0/id").asLong()).isEqualTo(id(2));
    assertThat(page.path("hasMore").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=41", "limit=0", "limit=x", "offset=-1"})
  void refusesPagesOutOfRange(String query) throws Exception {
    assertThat(caller.get(MEDIA + "?" + query).status()).isEqualTo(400);
  }

  @Test
  void filesMediaInAList() throws Exception {
    String list = LISTS + "/" + caller.post(LISTS, "{'name':'Beach'}").json().path("id").asText();
    var reply = caller.post(list + "/media", "{'mediaIds':[%d,%d]}".formatted(id(0), id(1)));

    assertThat(reply.json().path("hasMedia").asBoolean()).isTrue();
    assertThat(caller.get(list + "/media").json().path("list")).hasSize(2);
    assertThat(caller.get(LISTS).json().at("/list/0/name").asText()).isEqualTo("Beach");

    assertThat(caller.send("DELETE", list, new byte[0]).status()).isEqualTo(200);
    assertThat(caller.get(list + "/media").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'mediaIds':[]}", "{'mediaIds':['upload:x']}", "{}"})
  void refusesToFileWhatIsNoNumber(String body) throws Exception {
    String list = LISTS + "/" + caller.post(LISTS, "{'name':'Beach'}").json().path("id").asText();

    assertThat(caller.post(list + "/media", body).status()).isEqualTo(400);
  }
}
