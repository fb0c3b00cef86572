import { distinct, type ModelContext, type Pins, pin, resolvePin } from '../../src/bedrock/index.ts';

/** Every tier's pin, and what there is to say of them. */
export function resolvePins(at: ModelContext, pins: Pins) {
  const [opus, sonnet, haiku] = [
    resolvePin('opus', at, pins),
    resolvePin('sonnet', at, pins),
    resolvePin('haiku', at, pins),
  ];
  const warnings = distinct([...opus.warnings, ...sonnet.warnings, ...haiku.warnings]);
  return { opus: pin(opus), sonnet: pin(sonnet), haiku: pin(haiku), warnings };
}
