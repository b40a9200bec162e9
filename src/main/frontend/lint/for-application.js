// The linter as one script, for the application and for pages: relanceLint.lint(xml, engine), or begin(xml, engine) and then result().
import { lint } from './lint.js';

let said = null;

const relanceLint = {
  lint: (xml, engine) => lint(xml, undefined, engine),
  /** For who cannot wait for a promise: result() has it when all that was to be done is done. */
  begin(xml, engine) {
    said = null;
    lint(xml, undefined, engine).then((reports) => (said = JSON.stringify(reports)));
  },
  result: () => said,
};
globalThis.relanceLint = relanceLint;
