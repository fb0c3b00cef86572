import { BedrockenvError, FileErrors } from '../errors.ts';

/** A place in a file; both count from 1. */
export interface Position {
  line: number;
  column: number;
}

/** The position of what stands in no file that is read here: words of a command. */
export const nowhere: Position = { line: 0, column: 0 };

/** `path:line`, for a position in a file; the path alone for {@link nowhere}. */
export function placeOf(path: string, line: number): string {
  return line === nowhere.line ? path : `${path}:${line}`;
}

/** What is wrong at one place of a file. */
export interface Problem {
  code: string;
  message: string;
  fix?: string;
  at: Position;
}

// A file that is no YAML at all gives a problem for nearly each of its characters.
const most = 20;

/**
 * Nothing when there are no problems.
 * @throws {FileErrors} all problems, by position, the first twenty of them
 */
export function throwProblems(problems: readonly Problem[], path: string): void {
  const [first, ...rest] = problems
    .toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column)
    .slice(0, most)
    .map((problem) => fileError(problem, path));
  if (first !== undefined) throw new FileErrors([first, ...rest]);
}

export function fileError({ code, message, fix, at }: Problem, path: string): BedrockenvError {
  return new BedrockenvError(code, message, {
    where: at.line === nowhere.line ? path : `${path}:${at.line}:${at.column}`,
    ...(fix !== undefined && { fix }),
  });
}
