import {
  codeOfRefusal,
  describeProfile,
  doctorEntry,
  type Facts,
  type Finding,
  parseArn,
  parseProfileId,
  printable,
  profileToAskAs,
  type Refusal,
} from '@bedrockenv/core';
import { enter } from '../sign-in/process-environment.ts';
import { quoted } from '../state/folder.ts';
import { type Answer, availability, credentialsOf, listProfiles, type Question, useCaseForm, whoAmI } from './ask.ts';

/** What requests ask for: an inference profile ID or an ARN, and the region that they are sent to. */
export interface Invoked {
  id: string;
  region: string;
}

interface LiveOptions {
  question: Question;
  invoked: readonly Invoked[];
  /** Whether to send each model a request. */
  isInvoking: boolean;
  /** Tells what is being waited for. */
  waitingFor: <T>(what: string, work: Promise<T>) => Promise<T>;
}

/** Refusals after which every other question would be refused for the same reason. */
const final = ['live-expired', 'live-invalid', 'live-signature', 'clock-skew'];

/**
 * Asks AWS STS who these credentials are, and Amazon Bedrock what they may do: separately, because Claude Code shows the
 * same line for an expired session and for a missing permission.
 */
export async function liveFindings(facts: Facts, given: LiveOptions): Promise<Finding[]> {
  const { waitingFor } = given;
  const { apiKey, profile } = given.question;
  const AWS_PROFILE =
    profile === null ? facts.env.AWS_PROFILE : profileToAskAs(facts.aws, profile, facts.env.AWS_PROFILE);
  // The SDK takes an API key from the environment by itself.
  enter({ ...facts.env, AWS_PROFILE, ...(apiKey === null && { AWS_BEARER_TOKEN_BEDROCK: undefined }) });
  const own = given.question.apiKey === null ? await waitingFor('credentials', credentialsOf(given.question)) : null;
  if (own !== null && 'refusal' in own) {
    return [finding(codeOfRefusal(own.refusal, 'credentials'), 'credentials', own.refusal, facts)];
  }
  const question = { ...given.question, credentials: own?.answer ?? null };
  const options = { ...given, question };
  const identity = await identityFindings(facts, options);
  if (identity.some(({ code }) => final.includes(code) || code === 'live-region')) return identity;
  const found = [...identity];

  const list = await waitingFor('Amazon Bedrock', listProfiles(question));
  if ('refusal' in list) {
    const code = ofRegion(codeOfRefusal(list.refusal, 'list'), list.refusal, question, identity);
    found.push(finding(code, `ListInferenceProfiles in ${question.region}`, list.refusal, facts));
    if (!['live-list-denied', 'live-scp', 'live-throttled'].includes(code)) return found;
  } else {
    found.push(...missing(options, list.answer));
  }
  if (!options.isInvoking) return [...found, ...(await accessFindings(options))];
  // What a model answers says more than the list and the account's settings.
  return [...found.filter(({ code }) => code !== 'live-model-missing'), ...(await invocationFindings(facts, options))];
}

async function identityFindings(facts: Facts, { question, waitingFor }: LiveOptions): Promise<Finding[]> {
  // An API key is no credential for AWS STS.
  if (question.apiKey !== null) return [];
  const who = await waitingFor('AWS STS', whoAmI(question));
  if ('refusal' in who) {
    const code = codeOfRefusal(who.refusal, 'identity');
    // A region that is not enabled knows no access key; one that is always there does.
    if (code === 'live-invalid' && question.region !== 'us-east-1' && !/^(cn|us-gov|eusc)-/.test(question.region)) {
      const elsewhere = await waitingFor('AWS STS', whoAmI({ ...question, region: 'us-east-1' }));
      if ('answer' in elsewhere) return [finding('live-region', question.region, who.refusal, facts)];
    }
    return [finding(code, 'AWS STS', who.refusal, facts)];
  }
  const expected =
    question.profile === null || !facts.aws.profile(question.profile)
      ? null
      : describeProfile(facts.aws, question.profile).account;
  if (expected === null || expected === who.answer) return [];
  const message = `AWS STS says account ${who.answer}, the profile ${printable(question.profile ?? '')} says ${expected}`;
  const fix = 'see: bedrockenv explain AWS_PROFILE';
  return [{ code: 'live-account', severity: 'warning', message, fix, where: null }];
}

/** Amazon Bedrock knows nobody in a region that is not enabled, and has no host where there is none. */
function ofRegion(
  code: string,
  { name }: Refusal,
  { apiKey, endpoint }: Question,
  identity: readonly Finding[],
): string {
  // Only where AWS STS has just answered, and to Amazon Bedrock itself.
  if (identity.length > 0 || apiKey !== null || endpoint !== null) return code;
  return code === 'live-invalid' || name === 'ENOTFOUND' ? 'live-region' : code;
}

function missing({ question, invoked }: LiveOptions, there: ReadonlySet<string>): Finding[] {
  // A gateway may list nothing at all.
  if (there.size === 0 && question.endpoint !== null) return [];
  const gone = invoked.filter(({ id, region }) => region === question.region && !there.has(id) && !foreign(id));
  return gone.map(({ id, region }) => {
    const message = `${printable(id)}: the account has no such inference profile in ${region}`;
    const fix = `bedrockenv models --region ${region} --refresh`;
    return { code: 'live-model-missing', severity: 'error', message, fix, where: null };
  });
}

/** An ARN of another region, or of what is no inference profile, is not in this list. */
function foreign(id: string): boolean {
  return parseArn(id) !== null ? parseArn(id)?.kind === 'provisioned-model' : parseProfileId(id) === null;
}

/** What the account has agreed to. Where these credentials may not ask, nothing is said. */
async function accessFindings({ question, invoked, waitingFor }: LiveOptions): Promise<Finding[]> {
  const found: Finding[] = [];
  const form = await waitingFor('Amazon Bedrock', useCaseForm(question));
  if ('refusal' in form && /^ResourceNotFound/.test(form.refusal.name)) {
    found.push(finding('live-use-case', 'GetUseCaseForModelAccess', null, null));
  }
  const models = new Set(invoked.flatMap(({ id }) => foundationModel(id)));
  for (const model of models) {
    const said = await waitingFor('Amazon Bedrock', availability(question, model));
    if ('refusal' in said) {
      if (/AccessDenied/.test(said.refusal.name)) break;
      continue;
    }
    if (!said.answer.isAuthorized) found.push(finding('live-model-denied', model, null, null));
    else if (!said.answer.isSubscribed) found.push(finding('live-marketplace', model, null, null));
  }
  return found;
}

function foundationModel(id: string): string[] {
  const profile = parseProfileId(parseArn(id)?.resource ?? id);
  return profile ? [profile.id.slice(profile.prefix.length + 1)] : [];
}

async function invocationFindings(facts: Facts, { question, invoked, waitingFor }: LiveOptions): Promise<Finding[]> {
  if (invoked.length === 0) {
    const message = 'no model was asked, as nothing here names an inference profile';
    const fix = 'bedrockenv use sonnet, or set ANTHROPIC_DEFAULT_SONNET_MODEL';
    return [{ code: 'live-no-model', severity: 'info', message, fix, where: null }];
  }
  const { invokeModel } = await import('./invoke.ts');
  const refused = new Map<string, { ids: string[]; refusal: Refusal }>();
  for (const { id, region } of new Map(invoked.map((each) => [`${each.id} ${each.region}`, each])).values()) {
    const said: Answer<boolean> = await waitingFor(id, invokeModel({ ...question, region }, id));
    if (!('refusal' in said)) continue;
    const code = codeOfRefusal(said.refusal, 'invoke');
    const known = refused.get(code) ?? { ids: [], refusal: said.refusal };
    known.ids.push(id);
    refused.set(code, known);
    if (final.includes(code)) break;
  }
  return [...refused].map(([code, { ids, refusal }]) => finding(code, ids.map(printable).join(', '), refusal, facts));
}

/** @param refusal null: known without one */
function finding(code: string, subject: string, refusal: Refusal | null, facts: Facts | null): Finding {
  const entry = doctorEntry(code) ?? (doctorEntry('live-refused') as NonNullable<ReturnType<typeof doctorEntry>>);
  const [what, fix] = words[entry.code] ?? (words['live-refused'] as [string, string]);
  const told = refusal === null ? '' : ` (${reason(refusal)})`;
  const profile = facts?.used ?? null;
  const whose = profile === null ? '' : ` --profile ${quoted(profile)}`;
  return {
    code: entry.code,
    severity: entry.severity,
    message: `${subject}: ${what}${told}`,
    fix: fix.replace(' --profile P', whose),
    where: null,
  };
}

/** The name of an error and the action that was denied: no other word of a server, which may be anything. */
function reason({ name, message, status }: Refusal): string {
  const action = /not authorized to perform: ([a-z-]+:[A-Za-z]+)/.exec(message)?.[1];
  const word = /^\w{1,60}$/.test(name) ? name : 'an error';
  return [action, word, status === null ? null : `HTTP ${status}`].filter(Boolean).join(', ');
}

/** By code: what it means for what was asked, and what to do. */
const words: Readonly<Record<string, readonly [what: string, fix: string]>> = {
  'live-no-credentials': ['there are no credentials', 'bedrockenv login --profile P, or name a profile'],
  'live-expired': ['the credentials have expired, or were ended on the server', 'bedrockenv login --profile P'],
  'live-invalid': ['AWS does not know this key', 'replace the key, or use another profile'],
  'live-signature': ['the secret key does not belong to the access key', 'copy both keys again'],
  'live-role': ['the role cannot be taken', 'ask who assigns it; your roles: bedrockenv profiles'],
  'clock-skew': ["this machine's clock is not right", 'set the clock: timedatectl set-ntp true'],
  'live-denied': ['IAM does not allow it', 'bedrockenv iam-policy --least prints the policy that allows it'],
  'live-list-denied': ['IAM does not allow it', 'bedrockenv iam-policy --least prints the policy that allows it'],
  'live-scp': ['an explicit deny forbids it, as of a service control policy', 'ask who administers the organisation'],
  'live-marketplace': [
    'the account has not subscribed to the model',
    'who may subscribe calls it once; bedrockenv iam-policy prints the permission for that',
  ],
  'live-use-case': [
    "the account has not submitted Anthropic's use-case form",
    'submit it once: Amazon Bedrock console, Model catalog, any Claude model',
  ],
  'live-model-denied': ['the account has no access to the model', 'Amazon Bedrock console, Model catalog: ask for it'],
  'live-model-missing': ['there is no such inference profile in this account', 'bedrockenv models --refresh'],
  'live-model-invalid': ['the model identifier is invalid in this region', 'bedrockenv models --refresh'],
  'live-on-demand': ['it can only be called through an inference profile', 'bedrockenv models, and use an ID of it'],
  'live-legacy': ['the model is legacy, and closed for who has not used it lately', 'bedrockenv use sonnet'],
  'live-region': [
    'the account has not enabled the region, or it has no Amazon Bedrock',
    'enable it in the AWS console under Account, or use another region',
  ],
  'live-throttled': ['AWS throttles', 'wait, or ask for higher quotas in Service Quotas'],
  'live-server': ['AWS has a problem of its own', 'wait; see https://health.aws.amazon.com'],
  'live-garbage': ['the answer is not one of AWS', 'look for a portal of the network, a proxy, a wrong base_url'],
  'live-unreachable': ['nothing answers', 'look at the network, at proxies, and at a VPN'],
  'live-refused': ['AWS refused', 'for more: aws bedrock list-inference-profiles --profile P'],
};
