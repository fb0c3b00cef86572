import { expect, it } from 'vitest';
import { found, type Machine } from './machine.ts';

const vpc =
  '[profile a]\nregion = eu-west-1\nservices = vpc\n[services vpc]\nbedrock_runtime =\n  endpoint_url = https://S3CRET.example\n';
const whole = '[profile a]\nregion = eu-west-1\nendpoint_url = https://S3CRET.example\n';
const bedrock =
  '[profile a]\nregion = eu-west-1\nservices = vpc\n[services vpc]\nbedrock =\n  endpoint_url = https://x\n';
const project = 'profile: a\n';
const gateway = { ANTHROPIC_BEDROCK_BASE_URL: 'https://gateway.example' };

it.each<[name: string, machine: Machine, expected: string[]]>([
  ['a services section', { aws: vpc, project }, ['its services section "vpc" has']],
  ['the profile', { aws: whole, project }, ['it has an endpoint_url']],
  ['a services section for the lists alone', { aws: bedrock, project }, []],
  ['one that is switched off', { aws: vpc, project, env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' } }, []],
  ['one that is switched off in the profile', { aws: `${whole}ignore_configured_endpoint_urls = true\n`, project }, []],
  ['one beside a gateway', { aws: vpc, project, env: gateway }, []],
  ['one of a profile that is not used', { aws: vpc, project: 'profile: corp-dev\n' }, []],
  ['one where Claude Code does not use Amazon Bedrock', { aws: whole, env: { AWS_PROFILE: 'a' } }, []],
])('the endpoint of %s', async (_, machine, expected) => {
  const all = (await found(machine)).filter(({ code }) => code === 'endpoint-ignored');
  expect(all.map(({ message }) => message)).toEqual(expected.map((part) => expect.stringContaining(part)));
  for (const { where } of all) expect(where).toMatch(/\.aws\/config:\d+$/);
  expect(JSON.stringify(all)).not.toContain('S3CRET');
});
