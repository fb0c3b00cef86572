import { type Memory, temporaryKeys } from './memory.ts';
import { type Received, type Reply, xml, xmlError } from './reply.ts';

/** The access key and region that signed a request (SigV4 credential scope: key/date/region/service/aws4_request). */
export function signer(request: Received): { accessKeyId: string; region: string } | undefined {
  const scope = /Credential=([^/,\s]+)\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '');
  return scope?.[1] && scope[2] ? { accessKeyId: scope[1], region: scope[2] } : undefined;
}

/** Who owns an access key; a key that the fake did not give out is a user of the first account. */
function arnOf(accessKeyId: string, memory: Memory): string {
  return memory.identities.get(accessKeyId) ?? `arn:aws:iam::${memory.accounts[0]?.id ?? '000000000000'}:user/keys`;
}

function assumeRole(arguments_: URLSearchParams, request: Received, memory: Memory): Reply {
  const role = /^arn:aws[\w-]*:iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]+)$/.exec(arguments_.get('RoleArn') ?? '');
  if (!role) return xmlError(400, 'ValidationError', 'RoleArn is not a role');
  const arn = `arn:aws:sts::${role[1]}:assumed-role/${role[2]}/${arguments_.get('RoleSessionName') ?? ''}`;
  const keys = temporaryKeys(memory, arn, request.time);
  return xml(
    'AssumeRole',
    `<AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>AROAFAKE:session</AssumedRoleId></AssumedRoleUser>` +
      credentials(keys),
  );
}

function credentials(keys: ReturnType<typeof temporaryKeys>): string {
  return (
    `<Credentials><AccessKeyId>${keys.accessKeyId}</AccessKeyId>` +
    `<SecretAccessKey>${keys.secretAccessKey}</SecretAccessKey><SessionToken>${keys.sessionToken}</SessionToken>` +
    `<Expiration>${new Date(keys.expiration).toISOString()}</Expiration></Credentials>`
  );
}

/** Only long-lived keys may ask; temporary ones begin with ASIA. */
function getSessionToken(accessKeyId: string, request: Received, memory: Memory): Reply {
  if (memory.knobs.refuseSessionToken || accessKeyId.startsWith('ASIA')) {
    return xmlError(403, 'AccessDenied', 'Cannot call GetSessionToken with session credentials');
  }
  return xml('GetSessionToken', credentials(temporaryKeys(memory, arnOf(accessKeyId, memory), request.time)));
}

/** The STS query API: `GetCallerIdentity`, `GetSessionToken` and `AssumeRole`, arguments in the form body or the query. */
export function sts(request: Received, memory: Memory): Reply {
  const arguments_ = new URLSearchParams(request.body || request.query);
  const by = signer(request);
  if (!by) return xmlError(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token');
  const action = arguments_.get('Action');
  if (action === 'AssumeRole') return assumeRole(arguments_, request, memory);
  if (action === 'GetSessionToken') return getSessionToken(by.accessKeyId, request, memory);
  if (action !== 'GetCallerIdentity') return xmlError(400, 'InvalidAction', `Could not find operation ${action}`);
  const arn = arnOf(by.accessKeyId, memory);
  const account = arn.split(':')[4];
  return xml('GetCallerIdentity', `<Arn>${arn}</Arn><UserId>AIDAFAKE</UserId><Account>${account}</Account>`);
}
