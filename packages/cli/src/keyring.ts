import { BedrockenvError } from '@bedrockenv/core';
import { quoted } from './state/folder.ts';

/** Under which keys lie in a keyring: beside them, an entry has only its name. */
export const service = 'bedrockenv';

/**
 * What an entry of the operating system's keyring holds: Keychain, Windows Credential Manager, Secret Service.
 * @throws {BedrockenvError} code `api-key`, with how to store a key
 */
export async function readKeyring(name: string, platform: NodeJS.Platform = process.platform): Promise<string> {
  let found: string | null;
  try {
    const { Entry } = await import('@napi-rs/keyring');
    found = new Entry(service, name).getPassword();
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND';
    throw isMissing
      ? failure('@napi-rs/keyring is not installed', 'npm install -g --include=optional bedrockenv', cause)
      : failure('the keyring cannot be read', 'unlock it, or use api_key: {command: [...]} instead', cause);
  }
  if (found === null) throw failure(`the keyring has no entry ${name}`, `store it: ${howToStore(name, platform)}`);
  return found;
}

/** Each asks for the key, so that it stands in no argument and no history. */
function howToStore(name: string, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return `security add-generic-password -s ${service} -a ${quoted(name)} -w`;
  if (platform === 'win32') return `cmdkey /generic:${quoted(name)}.${service} /user:${quoted(name)} /pass`;
  return `secret-tool store --label ${service} service ${service} username ${quoted(name)}`;
}

function failure(message: string, fix: string, cause?: unknown): BedrockenvError {
  return new BedrockenvError('api-key', `api_key: ${message}`, { fix, cause });
}
