import type { Invocation } from '../fake-bedrock/index.ts';
import type { Stage } from '../stage/index.ts';

/** Whom requests are signed by, each once: the role of temporary keys, or the access key of a user; null for nobody. */
export function identities({ fake }: Pick<Stage, 'fake'>, invocations: readonly Invocation[]): (string | null)[] {
  return [
    ...new Set(invocations.map(({ accessKeyId }) => fake.owner(accessKeyId ?? '')?.split('/')[1] ?? accessKeyId)),
  ];
}
