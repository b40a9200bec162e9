// node lint/check.mjs [--vocabulary <file>] [--engine <version>] <folder or file>...: lints models, decisions and forms, and a folder's element templates; fails if one has an error.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { lint } from './lint.js';
import { checkTemplates } from './templates.js';

const paths = process.argv.slice(2);
let words = JSON.parse(readFileSync(new URL('vocabulary.json', import.meta.url), 'utf8'));
if (paths[0] === '--vocabulary') {
  words = JSON.parse(readFileSync(paths[1], 'utf8'));
  paths.splice(0, 2);
}
let engine;
if (paths[0] === '--engine') {
  engine = paths[1];
  paths.splice(0, 2);
}
const files = paths.flatMap((path) =>
  statSync(path).isDirectory() ? readdirSync(path).filter((name) => /\.(bpmn|dmn|form)$/.test(name)).sort().map((name) => join(path, name)) : [path]);
let errors = 0;
for (const file of files) {
  const reports = await lint(readFileSync(file, 'utf8'), words, engine);
  for (const { rule, id, message, category } of reports) {
    console.log(`${category === 'error' ? 'error' : 'warning'} ${basename(file)} ${id}: ${message} (${rule})`);
    errors += category === 'error' ? 1 : 0;
  }
}
for (const folder of paths.filter((path) => statSync(path).isDirectory())) {
  const templates = join(folder, '.camunda', 'element-templates');
  for (const name of existsSync(templates) ? readdirSync(templates).filter((file) => file.endsWith('.json')).sort() : []) {
    for (const problem of checkTemplates(join(templates, name), folder, words)) {
      console.log(`error ${name} ${problem}`);
      errors += 1;
    }
  }
}
if (errors) {
  console.log(`${errors} errors in ${files.length} files: nothing is deployed with these`);
}
process.exit(errors ? 1 : 0);
