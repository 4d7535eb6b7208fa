package io.mediadrop.drop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mediadrop.api.AnswerJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaItemsTest {

  private static JsonNode media(int options) throws Exception {
    String list = "{},".repeat(options).replaceFirst(",$", "");
    return AnswerJson.mapper()
        .readTree("{\"files\":{\"preview\":{\"options\":[" + list + "]}},\"id\":1}");
  }

  @Test
  void areCountedBeforeTheyAreMade() throws Exception {
    assertThat(MediaItems.countIn(media(3))).isLessThan(MediaItems.MOST);
    assertThat(MediaItems.countIn(media(MediaItems.MOST))).isGreaterThan(MediaItems.MOST);
    assertThat(MediaItems.countIn(AnswerJson.mapper().readTree("null"))).isPositive();
  }

  private static Map<String, JsonNode> items(String media) throws Exception {
    JsonNode answer = AnswerJson.mapper().readTree(("{'media':" + media + "}").replace('\'', '"'));
    Uploaded uploaded =
        new Uploaded(
            1,
            "lane",
            "connection",
            "a.jpg",
            1,
            "md5",
            "image/jpeg",
            "upload:1",
            answer,
            "a.jpg",
            1,
            false,
            false,
            0,
            null,
            0,
            0,
            null,
            null);
    Map<String, JsonNode> items = new LinkedHashMap<>();
    for (JsonNode item : new MediaItems().of(uploaded)) {
      assertThat(items.put(item.path("item").asText(), item)).isNull();
    }
    return items;
  }

  @Test
  void areAllThatTheAnswerDescribes() throws Exception {
    Map<String, JsonNode> items =
        items(
            """
            {'id':5,'type':'video','isReady':true,'duration':12,'files':{
              'full':{'url':'f','width':4,'sources':[{'url':'s1','type':'x'},{'url':'s2'}]},
              'thumb':{'url':'t'},
              'preview':{'url':'p','options':[{'url':'o1'},{'url':'o2','height':3}]},
              'squarePreview':{'url':'q','size':9}},
             'videoSources':{'240':'v2','720':'v7'},
             'releaseForms':[{'id':7,'name':'n','user':{'id':8}},{'id':9}]}
            """);

    assertThat(items.keySet())
        .containsExactly(
            "media",
            "full",
            "full-source-1",
            "full-source-2",
            "thumb",
            "preview",
            "preview-option-1",
            "preview-option-2",
            "square-preview",
            "video-240",
            "video-720",
            "release-form-1",
            "release-form-2");
    assertThat(items.values())
        .extracting(item -> item.path("url").asText("-"))
        .containsExactly("-", "f", "s1", "s2", "t", "p", "o1", "o2", "q", "v2", "v7", "-", "-");
    assertThat(items.get("media"))
        .isEqualTo(
            AnswerJson.mapper()
                .readTree(
                    "{\"item\":\"media\",\"id\":5,\"type\":\"video\",\"isReady\":true,"
                        + "\"duration\":12,\"status\":\"ready\",\"mediaUploadId\":\"upload:1\"}"));
    assertThat(items.get("full").has("sources")).isFalse();
    assertThat(items.get("release-form-1").path("user").path("id").asInt()).isEqualTo(8);
  }

  @Test
  void areThereWithoutAddressesWhileTheMediaIsNotReady() throws Exception {
    Map<String, JsonNode> items =
        items(
            """
            {'id':5,'isReady':false,'files':{'full':{'url':null,'size':0,'sources':[]},
             'thumb':null,'preview':null,'squarePreview':null},
             'videoSources':{'240':null,'720':null},'releaseForms':[]}
            """);

    assertThat(items.keySet()).containsExactly("media", "full");
    assertThat(items.get("full").path("url").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "'text'",
        "[]",
        "{}",
        "{'files':null,'videoSources':null,'releaseForms':null}",
        "{'files':[{'full':{}}],'videoSources':['240'],'releaseForms':'none'}",
        "{'files':'none','videoSources':'none','releaseForms':5}",
        "{'files':{'full':[],'thumb':'t','preview':5,'squarePreview':false}}",
        "{'videoSources':{'240':{'url':'x'},'720':['x'],'1080':'x'}}"
      })
  void areTheMediaAloneWhereNothingElseIsDescribed(String media) throws Exception {
    assertThat(items(media).keySet()).containsExactly("media");
  }

  @Test
  void areKeptInOddLists() throws Exception {
    Map<String, JsonNode> items =
        items("{'files':{'full':{'url':5,'sources':['s1',null,{'url':['x']},[],7]}}}");

    assertThat(items).hasSize(7);
    assertThat(items.get("full-source-1").path("url").asText()).isEqualTo("s1");
    assertThat(items.get("full-source-2")).hasSize(1);
  }
}
