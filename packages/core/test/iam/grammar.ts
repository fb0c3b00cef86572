/**
 * What is wrong with an identity policy, by the IAM User Guide's "Grammar of the IAM JSON policy language" and "IAM and
 * AWS STS quotas" (a managed policy has at most 6,144 characters without white space).
 */
export function complaints(policy: unknown): string[] {
  const text = JSON.stringify(policy);
  const { Version, Statement, ...rest } = policy as Record<string, unknown>;
  const found = Object.keys(rest).map((key) => `unknown element ${key}`);
  if (Version !== '2012-10-17') found.push('Version');
  if (text.length > 6144) found.push(`${text.length} characters`);
  if (!Array.isArray(Statement) || Statement.length === 0) return [...found, 'Statement'];
  const sids = Statement.map(({ Sid }) => Sid);
  if (new Set(sids).size < sids.length) found.push('a Sid stands twice');
  return [...found, ...Statement.flatMap((statement, at) => inStatement(statement).map((what) => `${at}: ${what}`))];
}

const field = '[\\w*?-]*';
const arn = new RegExp(`^arn:aws(-cn|-us-gov|-eusc)?:bedrock:${field}:(\\d{12}|\\*)?:[a-z-]+/[\\w.:*-]+$`);
const operators = ['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike'];

function inStatement(statement: Record<string, unknown>): string[] {
  const { Sid, Effect, Action, Resource, Condition, ...rest } = statement;
  const found = Object.keys(rest).map((key) => `unknown element ${key}`);
  if (!/^[A-Za-z0-9]+$/.test(String(Sid))) found.push(`Sid ${Sid}`);
  if (Effect !== 'Allow' && Effect !== 'Deny') found.push(`Effect ${Effect}`);
  const actions = list(Action);
  if (actions.length === 0) found.push('no Action');
  for (const action of actions) if (!/^[a-z-]+:[A-Z][A-Za-z]*$/.test(action)) found.push(`Action ${action}`);
  const resources = list(Resource);
  if (resources.length === 0) found.push('no Resource');
  for (const resource of resources) if (resource !== '*' && !arn.test(resource)) found.push(`Resource ${resource}`);
  // These take no resource (Service Authorization Reference): with an ARN they allow nothing.
  const bare = actions.filter((action) => /^aws-marketplace:|:List/.test(action));
  if (bare.length > 0 && actions.length === bare.length && Resource !== '*') found.push(`${bare} with a resource`);
  for (const [operator, keys] of Object.entries((Condition ?? {}) as Record<string, Record<string, unknown>>)) {
    if (!operators.includes(operator)) found.push(`Condition ${operator}`);
    for (const [key, value] of Object.entries(keys)) {
      if (!/^[a-z-]+:[\w/-]+$/i.test(key) || list(value).length === 0) found.push(`Condition ${key}`);
    }
  }
  return found;
}

function list(value: unknown): string[] {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((each): each is string => typeof each === 'string' && each !== '');
}
