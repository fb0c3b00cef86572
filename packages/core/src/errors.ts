/** What an error needs to be acted upon: where it was found and the next command to type. */
export interface ErrorDetails {
  /** `file`, `file:line` or `file:line:column`. */
  where?: string;
  /** The next command or edit, as one short sentence or command. */
  fix?: string;
  /** Exit code of a command that fails with it (0–255); 1 unless given. */
  exitCode?: number;
  cause?: unknown;
}

/**
 * An error that a person is meant to read: a stable code, what was found, where, and what to do next.
 * Everything else that is thrown is a bug in bedrockenv.
 */
export class BedrockenvError extends Error {
  readonly code: string;
  readonly where: string | undefined;
  readonly fix: string | undefined;
  readonly exitCode: number;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'BedrockenvError';
    this.code = code;
    this.where = details.where;
    this.fix = details.fix;
    this.exitCode = details.exitCode ?? 1;
  }
}

/** Every problem of one file at once, in the order of their positions. The message is that of the first. */
export class FileErrors extends BedrockenvError {
  readonly problems: readonly BedrockenvError[];

  constructor(problems: readonly [BedrockenvError, ...BedrockenvError[]]) {
    const [first] = problems;
    super(first.code, first.message, {
      ...(first.where === undefined ? {} : { where: first.where }),
      ...(first.fix === undefined ? {} : { fix: first.fix }),
      exitCode: first.exitCode,
    });
    this.name = 'FileErrors';
    this.problems = problems;
  }
}

/** Something that works, but not as its author may think. */
export interface Warning {
  /** Stable, kebab-case. */
  code: string;
  message: string;
  /** The next command or edit; '' when there is none. */
  fix: string;
}
