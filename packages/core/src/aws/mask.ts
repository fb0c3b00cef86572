import { emptySection, type Section } from './section.ts';

const hidden = '***';

/** Keys that were judged: thousands of profiles have the same few. */
const judged = new Map<string, boolean>();

/** A key whose value must not be shown. A file's path is no secret, though its key may name what lies in the file. */
function isSecret(key: string): boolean {
  let secret = judged.get(key);
  if (secret === undefined) {
    secret = /secret|token|passw|passphrase|api_?key|private_?key/i.test(key) && !/_(file|path)$/i.test(key);
    judged.set(key, secret);
  }
  return secret;
}

/**
 * The settings as they may be shown: secret keys, password keys and tokens are `***`, also inside nested blocks, in the
 * arguments of a credential_process and in URLs.
 */
export function maskSecrets(section: Section): Section {
  if (!hasSuspect(section)) return section;
  const shown = emptySection<Section[string]>();
  for (const key in section) {
    const value = section[key] as Section[string];
    if (isSecret(key)) shown[key] = hidden;
    else
      shown[key] =
        typeof value === 'string' ? maskLines(maskText(value)) : (maskSecrets(value) as Record<string, string>);
  }
  return shown;
}

/** Whether there is anything to look into: of thousands of profiles, nearly none has. */
function hasSuspect(section: Section): boolean {
  for (const key in section) {
    const value = section[key];
    if (isSecret(key) || typeof value !== 'string' || suspect.test(value)) return true;
  }
  return false;
}

/** Each value that hides a secret has a further line, a space or one of these two. */
const suspect = /[\n \t=@]/;

/** A secret that was indented by mistake is a further line of the value above it: `KEY = ***` stands for that line. */
function maskLines(value: string): string {
  if (!value.includes('\n')) return value;
  const [first, ...further] = value.split('\n');
  return [first, ...further.map(maskLine)].join('\n');
}

function maskLine(line: string): string {
  const key = line.slice(0, line.search(/[=:]|$/)).trimEnd();
  return key.length < line.length && isSecret(key) ? `${key} = ${hidden}` : line;
}

/**
 * A command line or a URL as it may be shown: `***` for x in `--token x`, `--api-key=x`, `TOKEN=x program` and
 * `https://user:x@host`. Names have an end, or those of a hostile text would take time by the square of its length.
 */
export function maskText(value: string): string {
  if (!suspect.test(value)) return value;
  return value
    .replace(
      /((?:^|\s)--?[\w-]{0,64}(?:secret|token|passw|passphrase|key)[\w-]{0,64}(?:=|\s+))(?:"[^"]*"|'[^']*'|\S+)/gi,
      `$1${hidden}`,
    )
    .replace(/((?:^|\s)\w{0,64}(?:secret|token|passw|passphrase|key)\w{0,64}=)(?:"[^"]*"|'[^']*'|\S+)/gi, `$1${hidden}`)
    .replace(/(:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g, `$1${hidden}`);
}
