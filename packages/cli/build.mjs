// Bundles the CLI, core and all libraries into dist/: one small entry, and a chunk for each command and library that
// is loaded when it is used. Two passes, because esbuild splits only ES modules while CommonJS starts 3 to 4 ms
// sooner (measured on Node 24: an empty ES module takes 1.09 × `node -e 0`, an empty CommonJS file 1.0 ×).
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(here, 'dist');
const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

// The workspace's packages are bundled from their sources, and what is not used of them is left out: importing an
// error class from core must not pull in its YAML reader.
const workspace = {
  name: 'workspace',
  setup(plugin) {
    plugin.onResolve({ filter: /^@bedrockenv\/[a-z]+(\/(driver|setup))?$/ }, ({ path }) => {
      const [, name, module = 'index'] = path.split('/');
      return { path: resolve(here, '..', name, 'src', `${module}.ts`), sideEffects: false };
    });
    plugin.onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path),
      sideEffects: false,
    }));
  },
};

// Commander loads child processes for subcommands that are programs of their own, of which there are none, and a
// module for what is a global too: 4 ms together.
const commanderAlone = {
  name: 'commander-alone',
  setup(plugin) {
    plugin.onResolve({ filter: /^node:(child_process|process)$/ }, ({ path, importer }) =>
      importer.includes('/commander/') ? { path, namespace: 'stand-in' } : undefined,
    );
    plugin.onLoad({ filter: /./, namespace: 'stand-in' }, ({ path }) => ({
      contents: `module.exports = ${path === 'node:process' ? 'process' : '{}'};`,
    }));
  },
};

const bundle = await build({
  entryPoints: [join(here, 'src/main.ts')],
  outdir: out,
  bundle: true,
  splitting: true,
  write: false,
  metafile: true,
  // Native code. Only the demo needs a pseudo-terminal, and only a key in a keyring the keyring.
  external: ['@lydell/node-pty', '@napi-rs/keyring'],
  // Its main file is one that no bundler can look into.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  format: 'esm',
  platform: 'node',
  target: 'node22',
  chunkNames: 'chunks/[name]-[hash]',
  define: { 'process.env.BEDROCKENV_VERSION': JSON.stringify(version) },
  plugins: [workspace, commanderAlone],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
});

// Each file costs up to 1 ms to find and open, and each 40 KB as much to scan. So what light commands need lies in the
// entry, what `export` needs of our own code in a second file, all else that is small in a third, as functions that run
// when their module is asked for; the libraries stay in files of their own, small parts of the AWS SDK too.
const outputs = Object.entries(bundle.metafile.outputs).map(([path, output]) => ({ name: basename(path), ...output }));
const fileOf = new Map();
assign('main.js', /(^|\/)src\/(main|commands\/(hook|completions))\.ts$|(?<!core|testkit)\/src\/index\.ts$/);
assign('chunks/environment.js', /(^|\/)src\/(context|commands\/(export|candidates))\.ts$/);

/** Puts the modules of the entry points that match, and all that they import when they load, into a file. */
function assign(file, pattern) {
  const add = (name) => {
    if (fileOf.has(name)) return;
    fileOf.set(name, file);
    for (const { path, kind } of outputs.find((output) => output.name === name).imports) {
      if (kind === 'import-statement' && path.endsWith('.js')) add(basename(path));
    }
  };
  for (const { name, entryPoint } of outputs) if (pattern.test(entryPoint ?? '')) add(name);
}

const files = { 'main.js': [], 'chunks/environment.js': [], 'chunks/commands.js': [] };
for (const { path, text } of bundle.outputFiles) {
  const name = basename(path);
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.resolve': 'require.resolve', 'import.meta.dirname': '__dirname' },
    minify: true,
    legalComments: 'none',
  });
  const isOwn = code.length < 20_000 && !isLibrary(name);
  const file = fileOf.get(name) ?? (isOwn ? 'chunks/commands.js' : `chunks/${name}`);
  // In parentheses V8 compiles a function with its file, without them when it is called: what nearly always runs would
  // be parsed twice.
  const open = file === 'chunks/commands.js' ? ['', ''] : ['(', ')'];
  const module = `${open[0]}function(module,exports,require){${code}}${open[1]}`;
  files[file] = [...(files[file] ?? []), `${JSON.stringify(name)}:${module}`];
}

function isLibrary(name) {
  const inputs = Object.keys(outputs.find((output) => output.name === name)?.inputs ?? {});
  return inputs.length > 0 && inputs.every((path) => path.includes('node_modules/'));
}

const loader = `
const loaded = {};
function load(name) {
  if (!name.startsWith('.')) return require(name);
  const own = name.slice(name.lastIndexOf('/') + 1);
  if (loaded[own]) return loaded[own].exports;
  const module = (loaded[own] = { exports: {} });
  (modules[own] ?? find(own))(module, module.exports, load);
  return module.exports;
}
function find(own) {
  for (const file of ['environment.js', 'commands.js', own]) {
    const found = require('./chunks/' + file)[own];
    if (found) return found;
  }
}
load.resolve = require.resolve;
module.exports = load('./main.js');
`;

// The entry comes last and by rename, and replaced chunks stay a while: a build never pulls a CLI from under a shell.
mkdirSync(join(out, 'chunks'), { recursive: true });
replace(join(out, 'package.json'), '{ "type": "commonjs" }\n');
const { 'main.js': entry, ...chunks } = files;
for (const [name, modules] of Object.entries(chunks)) {
  replace(join(out, name), `'use strict';module.exports={${modules.join(',\n')}};\n`);
}
replace(join(out, 'main.js'), `'use strict';const modules={${entry.join(',\n')}};${loader}`);
for (const name of readdirSync(join(out, 'chunks'))) {
  const path = join(out, 'chunks', name);
  if (!Object.hasOwn(chunks, `chunks/${name}`) && Date.now() - statSync(path).mtimeMs > 600_000) rmSync(path);
}

function replace(path, text) {
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}
