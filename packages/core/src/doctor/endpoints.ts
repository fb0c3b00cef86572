import { type Section, settingOf } from '../aws/index.ts';
import type { Evidence } from './entry.ts';
import { type Facts, given, place, regionOfClient, usesBedrock } from './facts.ts';
import { shown } from './shown.ts';

// Claude Code sends its requests to bedrock-runtime.REGION.amazonaws.com unless ANTHROPIC_BEDROCK_BASE_URL says otherwise.
// Only for the list of inference profiles it goes by the settings of AWS (both measured on 2.1.330).

const wayOut = 'set base_url: in the user config';

/**
 * An endpoint for Amazon Bedrock that the AWS CLI goes by: of the environment, a `services` section, the profile or the
 * partition of the region.
 */
export function endpointIgnored(facts: Facts): Evidence[] {
  return given(facts, 'ANTHROPIC_BEDROCK_BASE_URL') ? [] : [...configuredEndpoint(facts), ...otherDomain(facts)];
}

function configuredEndpoint(facts: Facts): Evidence[] {
  const url = given(facts, 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME');
  if (url) {
    const message = 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME is set, but Claude Code does not go by it';
    return [{ message, fix: wayOut, where: place(url) }];
  }
  const { aws, used, env } = facts;
  const section = sectionOf(facts);
  if (
    section === null ||
    used === null ||
    isTrue(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS ?? settingOf(section, 'ignore_configured_endpoint_urls'))
  )
    return [];
  const services = settingOf(section, 'services');
  const block = services === null ? undefined : aws.services(services)?.bedrock_runtime;
  const isBlock = typeof block === 'object' && Boolean(block.endpoint_url);
  if (!isBlock && settingOf(section, 'endpoint_url') === null) return [];
  const what = isBlock ? `its services section "${shown(services ?? '')}"` : 'it';
  const message = `profile "${shown(used)}": ${what} has an endpoint_url for Amazon Bedrock, by which the AWS CLI goes and Claude Code does not`;
  return [{ message, fix: wayOut, where: aws.where(used, isBlock ? 'services' : 'endpoint_url') ?? null }];
}

function otherDomain(facts: Facts): Evidence[] {
  const region = regionOfClient(facts);
  const domain = domainOf(region);
  if (domain === usual || asksForFips(facts) || !usesBedrock(facts)) return [];
  const message = `Claude Code sends requests to bedrock-runtime.${region}.${usual}, but hosts of ${region} end in ${domain}`;
  return [{ message, fix: `set base_url: https://bedrock-runtime.${region}.${domain} in the user config` }];
}

/** FIPS endpoints that are asked for, as rules for authorities do. */
export function fipsIgnored(facts: Facts): Evidence[] {
  const { aws, used } = facts;
  if (given(facts, 'ANTHROPIC_BEDROCK_BASE_URL') || !usesBedrock(facts) || !asksForFips(facts)) return [];
  const variable = given(facts, 'AWS_USE_FIPS_ENDPOINT');
  const region = regionOfClient(facts);
  const message = 'FIPS endpoints are asked for; Claude Code sends its requests to the others';
  const fix = `where there is one, set base_url: https://bedrock-runtime-fips.${region}.${domainOf(region)} in the user config`;
  const where = variable ? place(variable) : used === null ? undefined : aws.where(used, 'use_fips_endpoint');
  return [{ message, fix, where: where ?? null }];
}

function asksForFips(facts: Facts): boolean {
  const variable = given(facts, 'AWS_USE_FIPS_ENDPOINT')?.value;
  return isTrue(variable ?? settingOf(sectionOf(facts) ?? {}, 'use_fips_endpoint'));
}

const usual = 'amazonaws.com';

/** What the names of hosts end in (botocore, `endpoints.json`). */
function domainOf(region: string): string {
  if (region.startsWith('cn-')) return 'amazonaws.com.cn';
  return region.startsWith('eusc-') ? 'amazonaws.eu' : usual;
}

/** The profile that Claude Code asks Amazon Bedrock with; empty where none says anything. */
function sectionOf(facts: Facts): Section | null {
  if (!usesBedrock(facts)) return null;
  return facts.used === null ? null : (facts.aws.profile(facts.used) ?? {});
}

/** As the AWS CLI and the SDK read their switches. */
const isTrue = (value: string | null) => value?.toLowerCase() === 'true';
