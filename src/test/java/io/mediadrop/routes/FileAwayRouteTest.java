package io.mediadrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediadrop.drop.Drop;
import io.mediadrop.drop.DropState;
import java.util.List;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;

/** Where the story of each file ends: the drop is handed over to be put away. */
class FileAwayRouteTest extends ShippedRoutes {

  @Override
  protected void doPostSetup() throws Exception {
    super.doPostSetup();
    AdviceWith.adviceWith(
        context, "file-away", false, advice -> advice.weaveAddFirst().to("mock:away"));
  }

  private List<DropState> handedOver() {
    return received("away").stream()
        .map(exchange -> exchange.getMessage().getBody(Drop.class).state())
        .toList();
  }

  @Test
  void takesAFileThatIsUploaded() throws Exception {
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(handedOver()).containsExactly(DropState.UPLOADED);
  }

  @Test
  void takesAFileThatIsRefused() throws Exception {
    api.usually(ScriptedApi.INIT, 422, "{\"error\":\"no such kind\"}");
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(handedOver()).containsExactly(DropState.FAILED);
  }

  @Test
  void takesAFileThatTurnsOutToBeADuplicate() throws Exception {
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);
    drop("copy.jpg", 1_000);
    await("subscriber", 2);

    assertThat(handedOver()).containsExactly(DropState.UPLOADED, DropState.UPLOADED);
  }

  @Test
  void leavesAFileThatWaitsWhereItIs() throws Exception {
    api.next(ScriptedApi.PUT, 504, "gateway timeout");
    api.usually(
        ScriptedApi.CHECK,
        200,
        "{\"exists\":true,\"media\":{\"id\":42,\"isReady\":true,\"hasError\":false}}");
    start();
    drop("a.jpg", 1_000);
    await("subscriber", 1);

    assertThat(handedOver()).containsExactly(DropState.SENDING, DropState.UPLOADED);
  }
}
