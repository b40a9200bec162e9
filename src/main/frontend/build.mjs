// Installs the browser libraries of package-lock.json (only when it changed), copies the prebuilt
// bundles that the pages use into the folder given as argument, and makes the linter of the models
// into one script there, and others of the charts and of the designer's studio; the typeface of letters goes beside it. Needs Node 20 or later and npm.
import { execFileSync, execSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';

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
/** What was made last, for each place that it was made for. */
const stampOf = (name) => join(made, `${name}-${createHash('sha256').update(resolve(target)).digest('hex').slice(0, 12)}-stamp`);
mkdirSync(made, { recursive: true });
const json = (file) => readFileSync(file, 'utf8');
const words = `export const vocabulary = ${json('lint/vocabulary.json')};\nexport const zeebe = ${json('node_modules/zeebe-bpmn-moddle/resources/zeebe.json')};\n`;
const rules = 'lint/kept-rules.json';
/** Versions of the engine whose rules are packed: the one that the file names, and those after it. */
const engines = ['8-6', '8-7', '8-8', '8-9'];
const script = join(target, 'relance', 'lint.js');
const sources = ['lint.js', 'decisions.js', 'feel.js', 'forms.js', 'rules.js', 'graph.js', 'for-application.js'].map((file) => json(`lint/${file}`));
const stampOfLint = createHash('sha256').update([lock, words, json(rules), ...engines, ...sources].join()).digest('hex');
if (!existsSync(script) || !existsSync(stampOf('lint')) || readFileSync(stampOf('lint'), 'utf8') !== stampOfLint) {
  const run = (tool, ...args) => execFileSync(process.execPath, [join('node_modules', tool), ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(`${made}/words.js`, words);
  for (const engine of engines) {
    writeFileSync(`${made}/kept-rules-${engine}.json`, json(rules).replace(`camunda-cloud-${engines[0]}`, `camunda-cloud-${engine}`));
    run('bpmnlint-pack-config/bin/cli.js', '-c', `${made}/kept-rules-${engine}.json`, '-o', `${made}/kept-rules-${engine}.js`, '-t', 'es');
  }
  await bundle();
  writeFileSync(stampOf('lint'), stampOfLint);
}

const studio = readdirSync('studio').filter((file) => /\.(js|css)$/.test(file)).sort();
await bundleOnce('charts', ['charts/figures.js'], () => build({ entryPoints: ['charts/figures.js'], outfile: join(target, 'relance', 'figures.js') }), join(target, 'relance', 'figures.js'));
await bundleOnce('studio', studio.map((file) => `studio/${file}`), async () => {
  rmSync(join(target, 'studio'), { recursive: true, force: true });
  await build({ entryPoints: ['studio/edit.js', 'studio/compare.js', 'studio/editors.css'], outdir: join(target, 'studio'), splitting: true, chunkNames: 'part-[hash]', loader: { '.woff': 'dataurl', '.woff2': 'dataurl', '.ttf': 'dataurl', '.eot': 'empty', '.svg': 'dataurl' } });
}, join(target, 'studio', 'edit.js'));

/** Only when a library or one of the sources changed. */
async function bundleOnce(name, files, make, result) {
  const stamp = createHash('sha256').update([lock, ...files.map(json)].join()).digest('hex');
  const kept = stampOf(name);
  if (!existsSync(result) || !existsSync(kept) || readFileSync(kept, 'utf8') !== stamp) {
    await make();
    writeFileSync(kept, stamp);
  }
}

async function build(options) {
  const esbuild = await import('esbuild');
  await esbuild.build({ bundle: true, minify: true, format: 'esm', platform: 'browser', target: 'es2022', logLevel: 'warning', ...options });
}

async function bundle() {
  await build({ entryPoints: ['lint/for-application.js'], outfile: script, format: 'iife' });
}
