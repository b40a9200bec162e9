// The linter as one script, for the application and for pages: relanceLint.lint(xml), or begin(xml) and then result().
import { lint } from './lint.js';

let said = null;

const relanceLint = {
  lint,
  /** For who cannot wait for a promise: result() has it when all that was to be done is done. */
  begin(xml) {
    said = null;
    lint(xml).then((reports) => (said = JSON.stringify(reports)));
  },
  result: () => said,
};
globalThis.relanceLint = relanceLint;
