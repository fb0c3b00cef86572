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
// entry, what `export` needs of our own code in a second file, and what completions need besides (the AWS files) in a
// third: each bundled once more into one function, as each module on its own costs a third of a millisecond. All else
// that is small is in a fourth file, as functions that run when their module is asked for; the libraries stay in files of
// their own, small parts of the AWS SDK too.
const outputs = Object.entries(bundle.metafile.outputs).map(([path, output]) => ({ name: basename(path), ...output }));
const fileOf = new Map();
assign('main.js', /(^|\/)src\/(main|commands\/(hook|completions))\.ts$|(?<!core|testkit)\/src\/index\.ts$/);
assign('chunks/environment.js', /(^|\/)src\/(context|commands\/export)\.ts$/);
assign('chunks/candidates.js', /(^|\/)src\/commands\/candidates\.ts$/);

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
  // One import too many in a file that they share, and every command that is to be light reads a library.
  for (const name of fileOf.keys()) if (isLibrary(name)) throw new Error(`${name}, a library, would be in ${file}`);
}

const texts = new Map(bundle.outputFiles.map(({ path, text }) => [basename(path), text]));
const settings = {
  format: 'cjs',
  platform: 'node',
  target: 'node22',
  supported: { 'dynamic-import': false },
  define: { 'import.meta.resolve': 'require.resolve', 'import.meta.dirname': '__dirname' },
  minify: true,
  legalComments: 'none',
};

const files = {
  'main.js': await together('main.js'),
  'chunks/environment.js': await together('chunks/environment.js'),
  'chunks/candidates.js': await together('chunks/candidates.js'),
};
for (const [name, text] of texts) {
  if (fileOf.has(name)) continue;
  const { code } = await transform(text, settings);
  const file = code.length < 20_000 && !isLibrary(name) && !isDoctor(name) ? 'chunks/commands.js' : `chunks/${name}`;
  files[file] = `${files[file] ?? ''}${JSON.stringify(name)}(module,exports,require){${code}},\n`;
}

/**
 * The modules of one of the three files, as a function that runs them and returns what they export by their names. In
 * parentheses V8 compiles it with its file, without them it would be parsed twice.
 */
async function together(file) {
  const isInside = (name) => fileOf.get(name) === file;
  const contents = [...fileOf.keys()]
    .filter(isInside)
    .filter((name) => name === 'main.js' || isAskedFor(name, isInside))
    .map((name, n) => [`import * as m${n} from './${name}';`, `${JSON.stringify(name)}: marked(m${n}),`]);
  const code = await build({
    ...settings,
    stdin: {
      contents: `${contents.map(([line]) => line).join('\n')}
        const marked = (exports) => Object.defineProperty(exports, '__esModule', { value: true });
        export const all = { ${contents.map(([, entry]) => entry).join('\n')} };`,
    },
    bundle: true,
    write: false,
    logLevel: 'warning',
    plugins: [
      {
        name: 'chunks',
        setup(plugin) {
          plugin.onResolve({ filter: /./ }, ({ path, kind }) => {
            const name = basename(path);
            if (path === 'node:crypto' && kind === 'import-statement') return { path, namespace: 'late' };
            if (!path.startsWith('.')) return { path, external: true };
            if (kind === 'import-statement' && isInside(name)) return { path: name, namespace: 'chunk' };
            return { path: `./${name}`, external: true };
          });
          plugin.onLoad({ filter: /./, namespace: 'chunk' }, ({ path }) => ({ contents: texts.get(path) }));
          // A fifth of a Node process that does nothing, and needed by few: loaded at the first call.
          plugin.onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
            contents: `export const createHash = (...given) => require('${path}').createHash(...given);`,
          }));
        },
      },
    ],
  });
  return `(function(require){const module={};${code.outputFiles[0].text};return module.exports.all})`;
}

/** Whether a module of a file is asked for by its name: by another file, or when it is needed. */
function isAskedFor(name, isInside) {
  return outputs.some((output) =>
    output.imports.some(
      ({ path, kind }) => basename(path) === name && (kind !== 'import-statement' || !isInside(output.name)),
    ),
  );
}

function isLibrary(name) {
  const inputs = Object.keys(outputs.find((output) => output.name === name)?.inputs ?? {});
  return inputs.length > 0 && inputs.every((path) => path.includes('node_modules/'));
}

/** What only `doctor` runs: a quarter of all our own code, which no other command should have to scan. */
function isDoctor(name) {
  const inputs = Object.keys(outputs.find((output) => output.name === name)?.inputs ?? {});
  return inputs.some((path) => /(^|\/)src\/doctor\//.test(path));
}

/** In which of the later files a module lies that is asked for by its name. */
const laterFiles = [...fileOf]
  .filter(([name, file]) => file !== 'main.js' && isAskedFor(name, (other) => fileOf.get(other) === file))
  .map(([name, file]) => [name, basename(file)]);

const loader = `
const loaded = Object.create(null);
function add(modules) {
  for (const name in modules) loaded[name] = { exports: modules[name] };
}
const files = ${JSON.stringify(Object.fromEntries(laterFiles))};
function load(name) {
  if (!name.startsWith('.')) return require(name);
  const own = name.slice(name.lastIndexOf('/') + 1);
  if (loaded[own]) return loaded[own].exports;
  const file = files[own];
  if (file) {
    add(require('./chunks/' + file)(load));
    return loaded[own].exports;
  }
  const module = (loaded[own] = { exports: {} });
  (require('./chunks/commands.js')[own] ?? require('./chunks/' + own)[own])(module, module.exports, load);
  return module.exports;
}
load.resolve = require.resolve;
add(entry(load));
module.exports = loaded['main.js'].exports;
`;

// The entry comes last and by rename, and replaced chunks stay a while: a build never pulls a CLI from under a shell.
mkdirSync(join(out, 'chunks'), { recursive: true });
replace(join(out, 'package.json'), '{ "type": "commonjs" }\n');
const { 'main.js': entry, ...chunks } = files;
for (const [name, text] of Object.entries(chunks)) {
  const isFunction = text.startsWith('(function');
  replace(join(out, name), `'use strict';module.exports=${isFunction ? text : `{${text}}`};\n`);
}
replace(join(out, 'main.js'), `'use strict';const entry=${entry};${loader}`);
for (const name of readdirSync(join(out, 'chunks'))) {
  const path = join(out, 'chunks', name);
  if (!Object.hasOwn(files, `chunks/${name}`) && Date.now() - statSync(path).mtimeMs > 600_000) rmSync(path);
}

function replace(path, text) {
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}
