// Installs the browser libraries of package-lock.json (only when it changed), copies the prebuilt
// bundles that the pages use into the folder given as argument, and makes the linter of the models
// into one script there, and another of the charts; the typeface of letters goes beside it. Needs Node 20 or later and npm.
import { execFileSync, execSync } from 'node:child_process';
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
// not under static/: pages do not load it
const fonts = join('..', '..', 'print', 'fonts');
for (const face of ['Regular', 'Bold', 'It', 'BoldIt']) {
  copies[`source-sans/TTF/SourceSans3-${face}.ttf`] = join(fonts, `SourceSans3-${face}.ttf`);
}
copies['source-sans/LICENSE.md'] = join(fonts, 'LICENSE.md');
for (const [from, to] of Object.entries(copies)) {
  mkdirSync(dirname(join(target, to)), { recursive: true });
  copyFileSync(join('node_modules', from), join(target, to));
}

const made = 'node_modules/.relance';
mkdirSync(made, { recursive: true });
const json = (file) => readFileSync(file, 'utf8');
const words = `export const vocabulary = ${json('lint/vocabulary.json')};\nexport const zeebe = ${json('node_modules/zeebe-bpmn-moddle/resources/zeebe.json')};\n`;
const rules = 'lint/kept-rules.json';
const script = join(target, 'relance', 'lint.js');
const sources = ['lint.js', 'decisions.js', 'rules.js', 'graph.js', 'for-application.js'].map((file) => json(`lint/${file}`));
const stampOfLint = createHash('sha256').update([lock, words, json(rules), ...sources].join()).digest('hex');
if (!existsSync(script) || !existsSync(`${made}/lint-stamp`) || readFileSync(`${made}/lint-stamp`, 'utf8') !== stampOfLint) {
  const run = (tool, ...args) => execFileSync(process.execPath, [join('node_modules', tool), ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(`${made}/words.js`, words);
  run('bpmnlint-pack-config/bin/cli.js', '-c', rules, '-o', `${made}/kept-rules.js`, '-t', 'es');
  await bundle();
  writeFileSync(`${made}/lint-stamp`, stampOfLint);
}

const charts = join(target, 'relance', 'figures.js');
const stampOfCharts = createHash('sha256').update([lock, json('charts/figures.js')].join()).digest('hex');
if (!existsSync(charts) || !existsSync(`${made}/charts-stamp`) || readFileSync(`${made}/charts-stamp`, 'utf8') !== stampOfCharts) {
  const { build } = await import('esbuild');
  await build({ entryPoints: ['charts/figures.js'], outfile: charts, bundle: true, minify: true, format: 'esm', platform: 'browser', target: 'es2022', logLevel: 'warning' });
  writeFileSync(`${made}/charts-stamp`, stampOfCharts);
}

async function bundle() {
  const { build } = await import('esbuild');
  await build({ entryPoints: ['lint/for-application.js'], outfile: script, bundle: true, minify: true, format: 'iife', platform: 'browser', target: 'es2022', logLevel: 'warning' });
}
