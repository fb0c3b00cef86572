/** What was asked of AWS. */
export type Asked = 'credentials' | 'identity' | 'list' | 'availability' | 'form' | 'invoke';

/** An error of AWS or of the way to it, as the SDK has it. */
export interface Refusal {
  /** `AccessDeniedException`; of the network `ECONNREFUSED`, `TimeoutError`. */
  name: string;
  message: string;
  /** HTTP; null where there was no answer. */
  status: number | null;
}

const unreachable =
  /^(E[A-Z0-9_]+|UND_ERR_\w+|(Connect)?TimeoutError|AbortError|RequestTimeout|SELF_SIGNED\w*|CERT_\w+|UNABLE_TO_\w+|DEPTH_\w+)$/;
const signatureTime = /signature (has )?expired|signature not yet current|request time is too|clock/i;

/**
 * What an error means. AWS uses one name for several causes, and Claude Code shows one line for more of them, so the
 * words decide where the names do not.
 *
 * @see Amazon Bedrock User Guide, "Troubleshooting Amazon Bedrock API error codes" and "Access Amazon Bedrock foundation
 *   models"; IAM User Guide, "Troubleshoot access denied error messages"; AWS General Reference, "Common errors"
 */
export function codeOfRefusal({ name, message, status }: Refusal, asked: Asked): string {
  const says = (pattern: RegExp) => pattern.test(message);
  if (/^RequestTimeTooSkewed|^RequestExpired$/.test(name) || (/Signature/.test(name) && signatureTime.test(message))) {
    return 'clock-skew';
  }
  if (
    /^Expired(Token|TokenException)$|^TokenRefreshRequired/.test(name) ||
    says(/security token .*(is|has) expired/i)
  ) {
    return 'live-expired';
  }
  if (name === 'UnauthorizedException' || name === 'UnauthorizedSSOTokenError') return 'live-expired';
  if (/^(CredentialsProviderError|TokenProviderError)$/.test(name)) {
    return says(/expired|refresh|sso login|session.*(invalid|over)/i) ? 'live-expired' : 'live-no-credentials';
  }
  if (/^(SignatureDoesNotMatch|InvalidSignatureException)$/.test(name)) return 'live-signature';
  if (/^(UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId|IncompleteSignature\w*)$/.test(name)) {
    return 'live-invalid';
  }
  if (/^(Missing)?AuthenticationToken|^NotAuthorized$/.test(name) || says(/^(invalid API key|bearer token)/i)) {
    return 'live-invalid';
  }
  if (/Throttl|TooManyRequests|SlowDown|ServiceQuotaExceeded/.test(name) || status === 429) return 'live-throttled';
  if (status === null) return unreachable.test(name) ? 'live-unreachable' : 'live-garbage';
  if (/SyntaxError|Deserialization/.test(name) || says(/is not valid JSON|Deserialization error/))
    return 'live-garbage';
  if (status >= 500) return 'live-server';
  return ofBedrock({ name, message, status }, asked);
}

function ofBedrock({ name, message, status }: Refusal, asked: Asked): string {
  const says = (pattern: RegExp) => pattern.test(message);
  if (says(/use case (details )?(have|has) not been submitted|use[- ]case (details )?form/i)) return 'live-use-case';
  if (says(/aws-marketplace:|Marketplace subscription|INVALID_PAYMENT_INSTRUMENT/i)) return 'live-marketplace';
  if (says(/on-demand throughput/i)) return 'live-on-demand';
  if (says(/marked by provider as Legacy|reached the end of its life/i)) return 'live-legacy';
  if (says(/explicit deny/i)) return 'live-scp';
  if (says(/don.t have access to the model|access to the model is not|model access is denied/i)) {
    return 'live-model-denied';
  }
  if (/^(AccessDenied|UnauthorizedOperation)/.test(name) || status === 403) {
    if (says(/region .*(not enabled|disabled)|not available in (this|your) (region|country)/i)) return 'live-region';
    if (asked === 'credentials') return 'live-role';
    return asked === 'list' ? 'live-list-denied' : 'live-denied';
  }
  if (says(/model identifier is invalid|provided ARN is invalid|invalid model identifier/i))
    return 'live-model-invalid';
  if (/^(ResourceNotFoundException|ValidationException)$/.test(name)) {
    return asked === 'invoke' && /ResourceNotFound/.test(name) ? 'live-model-missing' : 'live-refused';
  }
  return /^(Unknown|Error|UnknownError)$/.test(name) ? 'live-garbage' : 'live-refused';
}
