export * from './aws-cli/index.ts';
export * from './browser/index.ts';
export * from './fake-aws/index.ts';
export * from './pty/index.ts';
export * from './sandbox/index.ts';
