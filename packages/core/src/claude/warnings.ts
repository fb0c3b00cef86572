import type { Warning } from '../errors.ts';
import type { Settings } from '../project/index.ts';

/** Settings that are each valid but do not go together. */
export function settingsWarnings(settings: Settings): Warning[] {
  const { max_output_tokens: output, max_thinking_tokens: thinking } = settings;
  const warnings: Warning[] = [];
  if (output && thinking && thinking.value > 0 && output.value <= thinking.value) {
    warnings.push({
      code: 'output-below-thinking',
      message:
        `max_output_tokens (${output.value}, ${output.source}) must be more than max_thinking_tokens ` +
        `(${thinking.value}, ${thinking.source}), or requests that think have no room for an answer`,
      fix: `set max_output_tokens: ${thinking.value + 1024} or more`,
    });
  }
  if (settings.api_key && settings.profile) {
    warnings.push({
      code: 'profile-unused',
      message: `api_key (${settings.api_key.source}) is used instead of the profile (${settings.profile.source})`,
      fix: 'remove one of them',
    });
  }
  if (settings.api_key && settings.scope.value === 'claude') {
    warnings.push({
      code: 'api-key-needs-shell',
      message:
        `scope: claude (${settings.scope.source}) sets nothing here: an API key (${settings.api_key.source}) reaches ` +
        'Claude Code through the shell alone',
      fix: 'use scope: shell with it',
    });
  }
  if (settings.small_model_region && !settings.small_model) {
    warnings.push({
      code: 'small-model-region-unused',
      message: `small_model_region (${settings.small_model_region.source}) does nothing without small_model`,
      fix: 'add small_model: haiku',
    });
  }
  return warnings;
}
