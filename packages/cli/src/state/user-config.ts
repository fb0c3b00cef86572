export { readUserConfig } from '@bedrockenv/core';
