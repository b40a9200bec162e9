package io.relance.engine;

import java.util.List;

/** Says which models are to be live where it is not simply those that ship. */
public interface LiveModels {

  /** All files that are deployed when the application starts, by name. */
  List<ModelFile> files();

  /** Carries out, before anything else is deployed, what was on its way when we went down. */
  void finish();
}
