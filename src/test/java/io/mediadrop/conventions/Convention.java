package io.mediadrop.conventions;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is agreed about the files of the bundle. */
enum Convention {
  FILE_NAME(Names::ofFiles),
  DIRECT_NAME(Names::ofDirectRoutes),
  ID_SPELLING(Names::ofIds),
  DESCRIPTION(Names::ofDescriptions),
  NAMED_BOUNDARY(Boundaries::unnamed),
  UNNAMED_INSIDE(Boundaries::namedInside),
  ID_BY_HAND(Boundaries::generated),
  SCHEMA(CanonicalForm::ofSchema),
  URI_OPTIONS(CanonicalForm::ofUris),
  BLOCK_TEXT(CanonicalForm::ofTexts),
  PLAIN_JAVA(PlainJava::ofClasses),
  ONE_WIRING(PlainJava::ofWiring),
  HEADER(WireHeaders::ofHeaders),
  VARIABLE(WireHeaders::ofVariables),
  BARE_CALL(BareCalls::of),
  GATED_ROUTE(GatedRoutes::of),
  LOOKING_PREDICATE(Predicates::acting),
  FEW_VARIABLES(WireHeaders::ofNumber),
  USED_SETTING(SettingsUse::unused),
  DECLARED_SETTING(SettingsUse::undeclared),
  SINGLE_SETTING(SettingsForm::repeated),
  EXPLAINED_SETTING(SettingsForm::unexplained),
  EMPTY_SECRET(SettingsForm::secrets),
  UNIT(SettingsForm::units);

  private final Function<Bundle, Stream<Finding>> check;

  Convention(Function<Bundle, Stream<Finding>> check) {
    this.check = check;
  }

  List<Finding> findings(Bundle bundle) {
    return check.apply(bundle).toList();
  }

  /** The folder of its examples. */
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
