import type { Env } from '../env.ts';

/**
 * Where the AWS CLI looks for its two files: `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, expanded, else
 * `~/.aws/config` and `~/.aws/credentials`. A variable set to the empty string means that there is no such file (null).
 *
 * @param env the environment
 * @param home what `~` stands for: an absolute path
 * @see botocore session.py (SESSION_VARIABLES) and configloader.py (raw_config_parse)
 */
export function awsFilePaths(env: Env, home: string): { config: string | null; credentials: string | null } {
  const locate = (variable: string, file: string) => {
    const set = env[variable] ?? `~/.aws/${file}`;
    return set === '' ? null : expandPath(set, env, home);
  };
  return {
    config: locate('AWS_CONFIG_FILE', 'config'),
    credentials: locate('AWS_SHARED_CREDENTIALS_FILE', 'credentials'),
  };
}

/**
 * A path with `$NAME` and `${NAME}` replaced (unknown names stay as they are), then a leading `~` or `~/` replaced.
 * `~user` stays as it is.
 *
 * @see Python's os.path.expandvars and os.path.expanduser, in the order in which botocore calls them
 */
export function expandPath(path: string, env: Env, home: string): string {
  const expanded = path.replace(/\$(?:(\w+)|\{([^}]*)\})/g, (whole, bare?: string, braced?: string) => {
    const name = bare ?? braced ?? '';
    return (Object.hasOwn(env, name) ? env[name] : undefined) ?? whole;
  });
  if (expanded !== '~' && !expanded.startsWith('~/')) return expanded;
  return home.replace(/\/+$/, '') + expanded.slice(1) || '/';
}
