import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Figure, Section } from './figure.ts';
import { spread } from './medians.ts';
import { undisturbedWhile } from './priority.ts';
import { cli, envrc, type Workplace } from './workplace.ts';

const rounds = 60;
const text = 'profile: corp-dev\nregion: eu-central-1\nmodel: sonnet\n';

/** How a directory's `.envrc` comes by the variables; all but the first two have the same in the end. */
const kinds = [
  { name: 'by hand', library: false },
  { name: 'by hand, library installed', library: true },
  { name: 'use bedrock', library: true, lines: 'use bedrock\n' },
  {
    name: 'use bedrock KEY=VALUE…',
    library: true,
    lines: 'use bedrock profile=corp-dev region=eu-central-1 model=sonnet\n',
  },
  {
    name: 'bedrockenv export',
    library: false,
    lines:
      'watch_file .bedrockrc ~/.aws/config ~/.aws/credentials ~/.config/bedrockenv/config.yaml\n' +
      'eval "$(bedrockenv export --format bash)"\n',
  },
  { name: 'node -e 0', library: false, lines: 'eval "$(node -e 0)"\n' },
] as const;

type Name = (typeof kinds)[number]['name'];

const against: { name: Name; than: Name; limit?: Figure['limit'] }[] = [
  { name: 'use bedrock', than: 'by hand', limit: { is: 'at most', value: 1.5 } },
  { name: 'use bedrock KEY=VALUE…', than: 'by hand', limit: { is: 'at most', value: 1.5 } },
  { name: 'by hand, library installed', than: 'by hand' },
  { name: 'bedrockenv export', than: 'use bedrock', limit: { is: 'at least', value: 2 } },
  { name: 'node -e 0', than: 'use bedrock' },
];

/** Times what direnv takes to load each kind of `.envrc`, one after the other, round by round. */
export function timeDirenv({ sandbox, run }: Workplace): Section {
  const bin = sandbox.at('work/bin');
  sandbox.write(join(bin, 'x'), '');
  // As npm installs it: a link to a script that `env` finds node for.
  symlinkSync(cli, join(bin, 'bedrockenv'));
  symlinkSync(process.execPath, join(bin, 'node'));
  const library = run(process.execPath, [cli, 'hook', 'direnv']);

  const places = kinds.map((kind, i) => {
    const dir = sandbox.at('work/direnv', `p${i}`);
    const config = sandbox.at('work/direnv-config', `c${i}`);
    sandbox.write(join(dir, '.bedrockrc'), text);
    run(process.execPath, [cli, 'allow', dir]);
    const byHand = envrc(run(process.execPath, [cli, 'export', '--dir', dir]));
    const file = sandbox.write(join(dir, '.envrc'), 'lines' in kind ? kind.lines : byHand);
    sandbox.write(join(config, kind.library ? 'lib/bedrockenv.sh' : 'direnv.toml'), kind.library ? library : '');
    run('direnv', ['allow', file]);
    const env = { ...sandbox.env, PATH: `${bin}:${sandbox.env.PATH}`, PWD: dir, DIRENV_CONFIG: config };
    return { kind, dir, env };
  });

  function time({ kind, dir, env }: (typeof places)[number]): number {
    const start = process.hrtime.bigint();
    const { status, stdout, stderr } = spawnSync('direnv', ['export', 'json'], { cwd: dir, env, encoding: 'utf8' });
    const took = Number(process.hrtime.bigint() - start);
    const isSet = kind.name === 'node -e 0' || /"AWS_PROFILE": *"corp-dev"/.test(stdout);
    if (status !== 0 || !isSet) throw new Error(`${kind.name} in ${dirname(dir)}: ${status}\n${stdout}${stderr}`);
    return took;
  }

  const times = places.map((): number[] => []);
  undisturbedWhile(() => {
    for (const place of places) time(place);
    for (let round = 0; round < rounds; round += 1) {
      // Each begins a round as often as any other.
      for (let i = 0; i < places.length; i += 1) {
        const which = (round + i) % places.length;
        times[which]?.push(time(places[which] as (typeof places)[number]));
      }
    }
  });
  const costs = new Map<Name, number[]>(kinds.map(({ name }, i) => [name, times[i] as number[]]));
  const figures = against.map(({ name, than, limit }): Figure => {
    // Within a round: in half a minute other work on the machine comes and goes.
    const others = costs.get(than) as number[];
    const { median, p25, p75 } = spread((costs.get(name) as number[]).map((one, round) => one / (others[round] ?? 1)));
    return {
      ...{ subject: 'direnv', name, against: than, unit: 'x' },
      value: median,
      between: [p25, p75],
      ...(limit ? { limit } : {}),
    };
  });
  const notes = [
    `direnv loads an .envrc that sets the same variables in different ways, ${rounds} times each, in turn; medians of the ratios of each round.`,
    '`bedrockenv export` watches the same files as `use bedrock`; `node -e 0` watches and sets nothing.',
  ];
  return { title: 'direnv', notes, figures, skipped: [] };
}
