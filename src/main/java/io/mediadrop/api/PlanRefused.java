package io.mediadrop.api;

/** The upload plan that the API has given cannot be followed safely. */
public class PlanRefused extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong with the plan. */
  public PlanRefused(String wrong) {
    super("the API's upload plan was refused: " + wrong);
  }
}
