// Apart, so that completions of who has no user config do not load the reader of YAML.
export { readUserConfig } from '@bedrockenv/core';
