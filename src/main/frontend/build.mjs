// Installs the browser libraries of package-lock.json (only when it changed) and copies the prebuilt
// bundles that the pages use into the folder given as argument. Needs Node 20 or later and npm.
import { execSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(`Relance's pages need Node 20 or later to build; this is ${process.version}. Install a newer Node.js.`);
  process.exit(1);
}
const target = process.argv[2];
const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
const stamp = 'node_modules/.relance-lock';
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.log('Installing the browser libraries (npm ci) ...');
  execSync('npm ci --ignore-scripts --no-audit --no-fund', { stdio: 'inherit' });
  writeFileSync(stamp, lock);
}
const copies = {
  '@bpmn-io/form-js/dist/form-viewer.umd.js': 'form-js/form-viewer.umd.js',
  '@bpmn-io/form-js/dist/assets/form-js.css': 'form-js/form-js.css',
  'bpmn-js/dist/bpmn-navigated-viewer.production.min.js': 'bpmn-js/bpmn-navigated-viewer.min.js',
  'bpmn-js/dist/assets/diagram-js.css': 'bpmn-js/diagram-js.css',
  'bpmn-js/dist/assets/bpmn-js.css': 'bpmn-js/bpmn-js.css',
};
for (const [from, to] of Object.entries(copies)) {
  mkdirSync(dirname(join(target, to)), { recursive: true });
  copyFileSync(join('node_modules', from), join(target, to));
}
