/** The Claude Code that is new; what is measured of the client is measured on this one, unless a version is named. */
export const claudeCodeVersion = '2.1.330';

/** One version of Claude Code, as npm has it. */
export interface Client {
  /**
   * The hash of the package that holds the program, as in a lock file: one for each system that has a binary of its
   * own, or one alone for a program that runs on Node.
   */
  integrity: Readonly<Record<string, string>> | string;
}

/** The versions that the tests run: the new one, and old ones that are still in use. */
export const clients = {
  '2.1.330': {
    integrity: {
      'linux-x64': 'sha512-9Gn+V7DtJ8M1nztP9CeDVl9g3RtrepI7rOFTyPRRnZe8D6zebIHKmC7OvBauucuAP0X0k85SDN/LPVZyjsGezQ==',
      'linux-arm64': 'sha512-V4yanAY5EA5UpwwRPtjSfqDbNqAlUJeVn3NYZw2AgmRHjdpSsLtHAzbxRXfkAnbjwTXzE0uedjQxUY02ARPcsA==',
      'darwin-x64': 'sha512-XenTNj2zXaFrnLmf47n25vChfFhlfeyaAR/vW5SFsEnLGwd2U1vDUY97+5etHBZu3xWBnlK8HhBVxzRi9YTUDw==',
      'darwin-arm64': 'sha512-rgzAjrRJJsIdZXGF9CCFFbURxKuJNobRr+krV3dNmqNJWIws74rLD0CABe4+nXlx/9WwRECTrveprWB96mubqw==',
    },
  },
  '2.1.197': {
    integrity: {
      'linux-x64': 'sha512-rIlKmrY0QMyHgPRX/MYWNj039vbypICvI9jVe3rs9Xy2RnNklySjyPxqh62QadznzoftEO23uYQ1tFePcQ//bg==',
      'linux-arm64': 'sha512-sx6SoGj3MNR5CV+YDkNtbLHXa1tn3G8qcYFgm1gnvOi9ODQUKbhiPfankJfkTMDVekOvnKJhm6i9hGFIPzp7cQ==',
      'darwin-x64': 'sha512-DOPeGTQqJWVENJsxwMxJtLOx+7OBINEDg9trQldlJR1nBssaYzNj1WWxp37JYSBRjeYLhqLipvDqEA0LMglL7A==',
      'darwin-arm64': 'sha512-1FOVhJzkKGWgOEEsvaK3ylCEmjKeJiXwfKl7RtNEbiDj7OxhRQ1G1CLN0HGDTTq1QwY+Dm2x1Yscdv5NfobAxQ==',
    },
  },
  '2.0.77': {
    integrity: 'sha512-qsB3W3wBvS2hRDbsnA7PwPhD+4GhuKMoBeT0vUrcpIPRfqnK8YYrgQ/CcSY8mv6k11M/4492nxh8joMuTTCwqQ==',
  },
  '1.0.128': {
    integrity: 'sha512-uUg5cFMJfeQetQzFw76Vpbro6DAXst2Lpu8aoZWRFSoQVYu5ZSAnbBoxaWmW/IgnHSqIIvtMwzCoqmcA9j9rNQ==',
  },
} as const satisfies Record<string, Client>;

export type ClientVersion = keyof typeof clients;

/** All of them, the new one first. */
export const clientVersions = Object.keys(clients) as ClientVersion[];

/** What to install for a version on this system, and the program in it. */
export interface ClientPackage {
  name: string;
  version: string;
  integrity: string;
  /** Relative to the package. */
  program: string;
  /** It is JavaScript: Node runs it. */
  onNode: boolean;
}

/** null: this version has no program for the system. @param system `linux-x64`, … */
export function clientPackage(
  version: ClientVersion,
  system = `${process.platform}-${process.arch}`,
): ClientPackage | null {
  const { integrity }: Client = clients[version];
  const name = '@anthropic-ai/claude-code';
  if (typeof integrity === 'string') return { name, version, integrity, program: 'cli.js', onNode: true };
  const own = integrity[system];
  // The package without a system's name holds a stand-in, which its install script would replace by this one's binary.
  return own === undefined
    ? null
    : { name: `${name}-${system}`, version, integrity: own, program: 'claude', onNode: false };
}
