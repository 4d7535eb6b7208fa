package io.mediadrop.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The routes, lanes, settings and classes of this bundle keep what is agreed about them. */
class RouteConventionsTest {

  private static final Bundle BUNDLE = new Bundle(Path.of(""));

  @Test
  void lookAtFilesOfEveryKind() {
    assertThat(BUNDLE.routes()).as("routes/*.camel.yaml").isNotEmpty();
    assertThat(BUNDLE.lanes()).as("config/lanes/*.camel.yaml").isNotEmpty();
    assertThat(BUNDLE.settings()).as("config/application.properties").isNotEmpty();
    assertThat(BUNDLE.code()).as("src/main/java").isNotEmpty();
  }

  @Test
  void nameEachFileAfterItsFirstRoute() {
    keep(Convention.FILE_NAME);
  }

  @Test
  void callRoutesByTheirId() {
    keep(Convention.DIRECT_NAME);
  }

  @Test
  void spellIdsInKebabCase() {
    keep(Convention.ID_SPELLING);
  }

  @Test
  void describeEachRouteInOneSentence() {
    keep(Convention.DESCRIPTION);
  }

  @Test
  void nameAndDescribeEachStepThatLeavesTheProcess() {
    keep(Convention.NAMED_BOUNDARY);
  }

  @Test
  void nameNoStepThatStaysInTheProcess() {
    keep(Convention.UNNAMED_INSIDE);
  }

  @Test
  void haveNoGeneratedIds() {
    keep(Convention.ID_BY_HAND);
  }

  @Test
  void followCamelsYamlSchemaWithoutShorthand() {
    keep(Convention.SCHEMA);
  }

  @Test
  void writeOptionsAsParameters() {
    keep(Convention.URI_OPTIONS);
  }

  @Test
  void writeLongTextsAsBlocks() {
    keep(Convention.BLOCK_TEXT);
  }

  @Test
  void keepJavaPlain() {
    keep(Convention.PLAIN_JAVA);
  }

  @Test
  void wireBeansInOneFileOrInTemplates() {
    keep(Convention.ONE_WIRING);
  }

  @Test
  void setOnlyHeadersThatAPeerMustSee() {
    keep(Convention.HEADER);
  }

  @Test
  void nameVariablesInLowerCamel() {
    keep(Convention.VARIABLE);
  }

  @Test
  void callOutFromNoHeaders() {
    keep(Convention.BARE_CALL);
  }

  @Test
  void answerOverHttpOnlyBehindTheGate() {
    keep(Convention.GATED_ROUTE);
  }

  @Test
  void decideByLookingOnly() {
    keep(Convention.LOOKING_PREDICATE);
  }

  @Test
  void makeDoWithFewVariables() {
    keep(Convention.FEW_VARIABLES);
  }

  @Test
  void readEverySetting() {
    keep(Convention.USED_SETTING);
  }

  @Test
  void declareEverySettingThatRoutesRead() {
    keep(Convention.DECLARED_SETTING);
  }

  @Test
  void declareEachSettingOnce() {
    keep(Convention.SINGLE_SETTING);
  }

  @Test
  void explainEachSetting() {
    keep(Convention.EXPLAINED_SETTING);
  }

  @Test
  void shipNoSecret() {
    keep(Convention.EMPTY_SECRET);
  }

  @Test
  void giveEachNumberOfTimeOrSizeItsUnit() {
    keep(Convention.UNIT);
  }

  private static void keep(Convention convention) {
    assertThat(convention.findings(BUNDLE)).isEmpty();
  }
}
