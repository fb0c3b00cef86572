/** What a path does instead of answering: an AWS error, a body that is no JSON or XML, or silence for a while. */
export type Fault =
  /** `name`, `message`: the error's, where they are not the usual ones of the status. With `region`, only there. */
  | { kind: 'status'; status: number; name?: string; message?: string; region?: string; times?: number }
  | { kind: 'garbage'; times?: number }
  /** Answers as usual after `ms`; `Infinity` holds the connection until `stop()`. */
  | { kind: 'hang'; ms: number; times?: number };

/** How the fake behaves; a test may change any of them while the server runs. */
export interface Knobs {
  /** Lifetime of an access token, seconds. AWS gives 28800 (8 h). */
  tokenSeconds: number;
  /** Lifetime of a client registration, seconds. AWS gives 90 days. */
  registrationSeconds: number;
  /** Whether a sign-in also yields a refresh token. */
  issueRefreshTokens: boolean;
  /** The user presses "Deny" on the page. */
  denySignIn: boolean;
  /** The refresh_token grant answers InvalidGrantException. */
  refuseRefresh: boolean;
  /** The account has submitted the use-case form of Anthropic. */
  hasUseCase: boolean;
  /** What GetFoundationModelAvailability says of every model. */
  agreement: 'AVAILABLE' | 'NOT_AVAILABLE' | 'PENDING' | 'ERROR';
  authorization: 'AUTHORIZED' | 'NOT_AUTHORIZED';
  /** STS refuses GetSessionToken, as a policy may. */
  refuseSessionToken: boolean;
  /**
   * null: the sign-in is approved as soon as a browser opens the page. A number: approved that many milliseconds
   * after it began, with or without a browser. `Infinity`: never.
   */
  approveAfterMs: number | null;
  /** `interval` of the device-code flow: seconds between two polls of the client. */
  pollSeconds: number;
  /** Entries on one page of every paginated answer. */
  pageSize: number;
  /**
   * Keyed by path (`/token`), or by its begin and a star (`/model/*`); `times` counts down and then the path answers
   * again.
   */
  faults: Record<string, Fault>;
}

/** A sign-in that works at once and lasts 8 hours. */
export function defaultKnobs(): Knobs {
  return {
    tokenSeconds: 28_800,
    registrationSeconds: 90 * 86_400,
    issueRefreshTokens: true,
    denySignIn: false,
    refuseRefresh: false,
    hasUseCase: true,
    agreement: 'AVAILABLE',
    authorization: 'AUTHORIZED',
    refuseSessionToken: false,
    approveAfterMs: null,
    pollSeconds: 1,
    pageSize: 10,
    faults: {},
  };
}
