/** The settings of one section: a value, or the map of a nested block (`s3 =` and indented lines). No prototype. */
export type Section = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** A configuration file as it was read. */
export interface AwsFile {
  path: string;
  /** null: the file does not exist, or is none that the AWS CLI reads. */
  bytes: Uint8Array | null;
  /** What is there in place of a file that can be read, as a clause: `not a regular file`. Then `bytes` is null. */
  unread?: string;
}

/** The value of a key, or null where the key is missing, is empty or opens a nested block. */
export function settingOf(section: Section, key: string): string | null {
  const value = section[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Nothing is inherited, `__proto__` is a key like any other, and thousands stay small: `Object.create(null)` makes tables. */
class Bare {}
Object.setPrototypeOf(Bare.prototype, null);
Reflect.deleteProperty(Bare.prototype, 'constructor');

/** A section to fill. */
export function emptySection<T>(): Record<string, T> {
  return new Bare() as Record<string, T>;
}
