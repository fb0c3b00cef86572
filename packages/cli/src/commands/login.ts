import { isatty } from 'node:tty';
import {
  type Aws,
  BedrockenvError,
  checkAccount,
  type Env,
  kindOf,
  listSessions,
  namedSession,
  nearest,
  printable,
  readAws,
  sessionFindings,
  type TokenSource,
  tokenSource,
} from '@bedrockenv/core';
import { type Command, type Input, word } from '../command.ts';
import type { Context } from '../context.ts';
import { say } from '../output/messages.ts';
import { waiting } from '../output/progress.ts';
import { profileFlag } from '../profile-flag.ts';
import { resolveLocated } from '../resolution.ts';
import { askToSignIn } from '../sign-in/ask.ts';
import type { Target } from '../sign-in/aws.ts';
import { endCoolDown, isCoolingDown } from '../sign-in/cool-down.ts';
import { chooseFlow, here } from '../sign-in/environment.ts';
import { forgetFlow, rememberedFlow, rememberFlow } from '../sign-in/flow.ts';
import { Interruption } from '../sign-in/interruption.ts';
import { knownSession } from '../sign-in/sessions.ts';
import { loginNeeded, renewOnce, signIn } from '../sign-in/sign-in.ts';
import { isGood, readSessionTwice } from '../sign-in/token.ts';
import { quoted } from '../state/folder.ts';
import { readAwsFiles } from '../state/gather.ts';
import { locate } from '../state/located.ts';
import { readMachinePolicy } from '../state/machine-policy.ts';
import { usage } from '../usage.ts';

/** Without a terminal `aws` waits this long for someone to enter the code elsewhere, in ms. */
const patience = 175_000;

export const login: Command = {
  name: 'login',
  summary: 'Sign in, once across all shells. It does nothing while the session is good or refreshes by itself.',
  args: [],
  flags: [
    { name: 'profile', value: 'PROFILE', summary: "for this AWS profile; without it the directory's" },
    { name: 'session', value: 'SESSION', summary: 'to this sso-session' },
    {
      name: 'flow',
      value: 'FLOW',
      choices: ['auto', 'browser', 'device'],
      summary: 'open a browser here, or print URL and code for one elsewhere; remembered on this host until auto',
    },
    { name: 'no-tty', summary: 'also without a terminal: prints URL and code, gives up within 3 minutes' },
    { name: 'hook', summary: 'as a shell asks at its prompt', hidden: true },
    { name: 'ask', summary: 'ask first', hidden: true },
  ],
  examples: [
    ['bedrockenv login', 'for this directory'],
    ['bedrockenv login --session corp', 'to a session by its name'],
    ['bedrockenv login --flow device', 'with a code to enter in a browser elsewhere'],
  ],
  async run(input, context) {
    const { state, base } = context;
    const byHook = input.flags.hook === true;
    const wanted = (await picked(input, context)) ?? choose(input, context);
    if (wanted === null) return 0;
    const { source, target, setting } = wanted;
    const asked = word(input, 'flow');
    if (asked === 'auto') forgetFlow(state);
    const session = await readSessionTwice(source);
    // That a session can renew itself is only known once it has; a shell has better things to do than to ask.
    const renewal = session.state === 'refreshable' && !byHook ? await renewed(wanted, context) : null;
    if (renewal?.kind === 'interrupted') return 130;
    const refused = renewal?.kind === 'refused';
    if (refused) say(`session ${source.name} could not be renewed (${renewal.reason})`);
    if (isGood(session) && !refused) {
      if (!byHook) {
        say(`session ${source.name}: ${knownSession(source, Date.now()).text}; there is nothing to do`);
        endCoolDown(state, source.tokenFile);
      }
      return 0;
    }

    const noTty = input.flags['no-tty'] === true;
    const hasTerminal = isatty(0) && isatty(2) && !context.env.CI;
    if (!hasTerminal && !noTty) {
      const why = context.env.CI ? 'none is begun with CI set' : 'there is no terminal for it';
      throw loginNeeded(source, target, why);
    }
    if (!byHook) endCoolDown(state, source.tokenFile);
    else if (isCoolingDown(state, source.tokenFile, Date.now())) return 4;
    if (input.flags.ask === true) {
      const answer = await askToSignIn(state, source);
      if (answer !== 'yes') return answer === 'no' ? 4 : 130;
    }
    // Without a terminal there is no browser to hope for either.
    const surroundings = here(context.env);
    const flow = hasTerminal ? chooseFlow(asked ?? setting, rememberedFlow(state), surroundings) : 'device';
    const timeout = hasTerminal ? {} : { timeout: patience };
    const code = await signIn({ state, source, target, flow, base, byHook, refused, ...timeout });
    if (code === 0 && flow === asked && hasTerminal) rememberFlow(state, flow, surroundings);
    return code;
  },
};

/**
 * Where nothing says what to sign in to and there are several sessions: asks on the terminal. null: something says it, or
 * nobody can be asked.
 */
async function picked(input: Input, context: Context): Promise<Wanted | null> {
  const { base, home } = context;
  const isSaid = input.flags.profile ?? input.flags.session ?? input.flags.hook ?? input.flags['no-tty'];
  if (isSaid !== undefined || !isatty(0) || !isatty(2) || base.CI) return null;
  if (base.AWS_PROFILE || base.AWS_DEFAULT_PROFILE) return null;
  const aws = readAws(readAwsFiles({ env: base, home }));
  const sessions = listSessions(aws, { home, env: base });
  const settings = directorySettings(context);
  if (settings.profile !== undefined || aws.profileNames().includes('default') || sessions.length < 2) return null;
  const { askerFor } = await import('../questions/asker.ts');
  using interruption = new Interruption();
  const asker = await askerFor(context.env, interruption.signal);
  const choices = sessions.map(({ source, profiles }) => ({
    value: source.name,
    label: printable(source.name),
    hint: printable(`${knownSession(source, Date.now()).text} · ${profiles.join(', ')}`),
  }));
  const name = await asker.one('Sign in to which session?', choices);
  return { ...bySession(aws, name, context), setting: flowSetting(context, settings.flow) };
}

async function renewed({ source }: Wanted, { state, env, base, home }: Context) {
  const files = readAwsFiles({ env: base, home });
  const aws = readAws(files);
  const listed = listSessions(aws, { home, env: base }).find((one) => one.source.tokenFile === source.tokenFile);
  return renewOnce({ state, source }, async (signal) => {
    const { renew } = await import('../sign-in/renew.ts');
    const asked = renew(source, listed?.profiles ?? [], aws, files, signal);
    return waiting(`asking for a new token of ${printable(source.name)}`, env, asked);
  });
}

interface Wanted {
  source: TokenSource;
  target: Target;
  /** auto | browser | device */
  setting: string;
}

/** What to sign in to. null: nothing, which was said. */
function choose(input: Input, context: Context): Wanted | null {
  const [profile, session] = [word(input, 'profile'), word(input, 'session')];
  if (profile !== undefined && session !== undefined) throw usage('login', 'give either --profile or --session');
  const { base, home } = context;
  const aws = readAws(readAwsFiles({ env: base, home }));
  // A hook knows the profile, and the directory is none of its business; a person gets the directory's settings.
  const settings = directorySettings(context);
  const setting = flowSetting(context, settings.flow);
  if (session !== undefined) return { ...bySession(aws, session, context), setting };
  const name = profileFlag(aws, input) ?? settings.profile ?? base.AWS_PROFILE ?? base.AWS_DEFAULT_PROFILE ?? 'default';
  // A plan is for shells with keys and without: with keys nobody waits for the session of a profile that none named.
  if (input.flags.hook && base.AWS_ACCESS_KEY_ID && !base.AWS_PROFILE && settings.chosen === null) return null;
  checkAccount(readMachinePolicy(base), aws, { profile: { value: name, source: 'default' }, apiKey: null });
  const source = tokenSource(aws, name, { home, env: base });
  if (source === null) {
    if (!input.flags.hook) say(nothingToSignInTo(aws, name, { home, env: base }));
    return null;
  }
  return { source, setting, target: { kind: source.kind, profile: source.profile, ssoSession: null } };
}

/**
 * @throws {BedrockenvError} `aws-sso-incomplete` for a profile that has some of what a sign-in takes, and what keeps a role
 *   from credentials that it could be assumed with
 */
function nothingToSignInTo(aws: Aws, name: string, at: { home: string; env: Env }): string {
  const [found] = sessionFindings(aws, name, at);
  if (found) {
    const { code, message, fix, where } = found;
    throw new BedrockenvError(code, message, { fix, ...(where !== null && { where }) });
  }
  const section = aws.profile(name) ?? {};
  const subject = `profile ${printable(name)}`;
  if (kindOf(aws, name) !== 'none') return `${subject} has credentials of its own; there is nothing to sign in to`;
  if (!('sso_session' in section || 'sso_start_url' in section)) {
    return `${subject} names no session, and nothing else that leads to credentials; there is nothing to sign in to`;
  }
  const where = aws.where(name);
  throw new BedrockenvError(
    'aws-sso-incomplete',
    `${subject}: its SSO settings lack sso_account_id and sso_role_name`,
    {
      fix: `aws configure sso --profile ${quoted(name)}`,
      ...(where !== undefined && { where }),
    },
  );
}

function bySession(aws: Aws, name: string, { home, base }: Context): Pick<Wanted, 'source' | 'target'> {
  const known = listSessions(aws, { home, env: base }).map(({ source, profiles }) => ({
    source,
    profile: profiles[0],
  }));
  const other = known.find(({ source }) => source.name === name && source.kind !== 'sso');
  if (other?.profile !== undefined) {
    return { source: other.source, target: { kind: other.source.kind, profile: other.profile, ssoSession: null } };
  }
  const source = namedSession(aws, name, home);
  if (source !== null) return { source, target: { kind: 'sso', profile: null, ssoSession: name } };
  throw noSession(
    name,
    known.map(({ source }) => source.name),
  );
}

function noSession(name: string, names: readonly string[]): BedrockenvError {
  const near = nearest(name, names);
  return usage(
    'login',
    `there is no session ${name}`,
    near ? `did you mean ${near}?` : 'to see them: bedrockenv sessions',
  );
}

/** The directory's profile and login flow, as far as it resolves: a broken file must not keep anybody from signing in. */
function directorySettings(context: Context): { profile?: string; chosen?: string | null; flow: string } {
  try {
    const { profile, chosen, settings } = resolveLocated(context, locate(context.state, context.cwd()));
    return { ...(profile !== null && { profile }), chosen, flow: settings.login_flow.value };
  } catch (error) {
    if (!(error instanceof BedrockenvError)) throw error;
    return { flow: 'auto' };
  }
}

function flowSetting({ env }: Context, setting: string): string {
  const given = env.BEDROCKENV_LOGIN_FLOW;
  if (!given) return setting;
  const flows = ['auto', 'browser', 'device'];
  if (flows.includes(given)) return given;
  const near = nearest(given, flows);
  throw usage('login', `BEDROCKENV_LOGIN_FLOW cannot be '${given}'`, near ? `did you mean ${near}?` : flows.join(', '));
}
