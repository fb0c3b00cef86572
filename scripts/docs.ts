// Writes what is made from the code: parts of docs/ (the tables of keys and of commands), the JSON Schemas, and the
// completions of the shells. A test says when they are stale.
//   node scripts/docs.ts

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { table } from '../packages/cli/src/commands/table.ts';
import { doctorTable } from '../packages/core/src/doctor/table.ts';
import { variableNames } from '../packages/core/src/plan/names.ts';
import { schemaJson, schemaNames } from '../packages/core/src/project/json-schema.ts';
import { keys, type Place } from '../packages/core/src/project/keys.ts';
import { rules } from '../packages/core/src/project/rules.ts';
import { completionFiles } from './completions/index.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));

/** The generated parts, by page and by the name between their markers. */
const parts: Readonly<Record<string, Readonly<Record<string, () => string | Promise<string>>>>> = {
  'docs/bedrockrc.md': { keys: () => keyTable('directory') },
  'docs/config.md': { keys: () => keyTable('environment', 'directory'), top: () => keyTable('top') },
  'docs/commands.md': { commands },
  'docs/doctor.md': { findings },
  'docs/policy.md': { rules: ruleTable },
  'docs/variables.md': { variables },
};

/** The files as they should be, by path. */
export async function renderedPages(): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  for (const [path, sections] of Object.entries(parts)) {
    let text = readFileSync(join(repository, path), 'utf8');
    for (const [name, render] of Object.entries(sections)) {
      const [start, end] = [`<!-- ${name}: made by scripts/docs.ts -->\n`, `<!-- /${name} -->`];
      const [from, to] = [text.indexOf(start), text.indexOf(end)];
      if (from < 0 || to < 0) throw new Error(`${path} has no part ${name}`);
      text = `${text.slice(0, from)}${start}\n${await render()}\n${text.slice(to)}`;
    }
    pages.set(path, text);
  }
  for (const name of schemaNames) {
    pages.set(`packages/core/schema/${name}.json`, `${JSON.stringify(schemaJson(name), null, 2)}\n`);
  }
  for (const [path, text] of await completionFiles()) pages.set(path, text);
  return pages;
}

function keyTable(place: Place, except?: Place): string {
  const rows = keys
    .filter(({ where }) => where.includes(place) && !(except && where.includes(except)))
    .map(
      ({ doc, example, variables }) =>
        `| \`${example}\` | ${cell(doc)} | ${variables.map((v) => `\`${v}\``).join(' ')} |`,
    );
  return ['| Key | Meaning | Sets |', '|---|---|---|', ...rows, ''].join('\n');
}

function ruleTable(): string {
  const rows = rules.map(({ doc, example }) => `| \`${example}\` | ${cell(doc)} |`);
  return ['| Rule | Meaning |', '|---|---|', ...rows, ''].join('\n');
}

async function commands(): Promise<string> {
  const shown = table.filter(({ internal }) => !internal);
  const rows = await Promise.all(
    shown.map(async ({ name, load }) => {
      const { summary, args, flags, examples } = await load();
      const words = args.map((arg) => (arg.optional ? `[${arg.name}]` : `<${arg.name}>`) + (arg.variadic ? '…' : ''));
      const usage = `### \`${['bedrockenv', name, ...words].join(' ')}\`\n\n${summary}\n`;
      const list = flags
        .filter(({ hidden }) => !hidden)
        .map(
          (flag) => `- \`--${flag.name}${flag.value ? ` ${flag.value}${flag.many ? '…' : ''}` : ''}\`: ${flag.summary}`,
        );
      const lines = examples.map(([line, purpose]) => `${line}    # ${purpose}`);
      return [usage, ...(list.length > 0 ? [`${list.join('\n')}\n`] : []), '```sh', ...lines, '```', ''].join('\n');
    }),
  );
  return rows.join('\n');
}

function variables(): string {
  const rows = variableNames.map((name) => {
    const from = keys.filter((key) => key.variables.includes(name)).map((key) => `\`${key.name}\``);
    return `| \`${name}\` | ${from.join(', ') || 'always'} |`;
  });
  return ['| Variable | Decided by |', '|---|---|', ...rows, ''].join('\n');
}

function findings(): string {
  return Object.entries(doctorTable)
    .map(([topic, entries]) => {
      const rows = entries.map(
        ({ code, severity, meaning }) => `| <a id="${code}"></a>\`${code}\` | ${severity} | ${cell(meaning)} |`,
      );
      return [`## ${topic}`, '', '| Code | At worst | Meaning |', '|---|---|---|', ...rows, ''].join('\n');
    })
    .join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [path, text] of await renderedPages()) writeFileSync(join(repository, path), text);
}
