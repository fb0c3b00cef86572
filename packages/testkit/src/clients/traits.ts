import type { ClientVersion } from '../claude-code/index.ts';

/** In what the versions of Claude Code differ, as far as it concerns what they are given. All of it is measured. */
export interface Traits {
  /** Without AWS_REGION the region of the profile in ~/.aws/config counts; older ones take us-east-1. */
  readsConfigRegion: boolean;
  /** ENABLE_PROMPT_CACHING_1H gives `ttl: 1h`; older ones cache for five minutes. */
  cachesForOneHour: boolean;
  /** How Opus 5 thinks when nothing is said, with 3000 output tokens. */
  opusThinking: object | undefined;
  /** Without pins for all three tiers it asks at each start which models there are, by invoking them. */
  probes: boolean;
  /** `awsCredentialExport` is run whatever the shell has; older ones run it only where that is no working identity. */
  exportsBesideIdentity: boolean;
}

export const traits: Readonly<Record<ClientVersion, Traits>> = {
  '2.1.330': {
    readsConfigRegion: true,
    cachesForOneHour: true,
    opusThinking: { type: 'adaptive', display: 'omitted' },
    probes: true,
    exportsBesideIdentity: true,
  },
  '2.1.197': {
    readsConfigRegion: true,
    cachesForOneHour: true,
    opusThinking: { type: 'enabled', budget_tokens: 2999 },
    probes: true,
    exportsBesideIdentity: true,
  },
  '2.0.77': {
    readsConfigRegion: false,
    cachesForOneHour: false,
    opusThinking: undefined,
    probes: false,
    exportsBesideIdentity: false,
  },
  '1.0.128': {
    readsConfigRegion: false,
    cachesForOneHour: false,
    opusThinking: undefined,
    probes: false,
    exportsBesideIdentity: false,
  },
};
