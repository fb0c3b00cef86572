// Prints the folder of the AWS CLI that the tests use, for PATH; nothing where this machine cannot run it.
import { dirname } from 'node:path';
import { awsCli } from '../packages/testkit/src/aws-cli/index.ts';

console.log(await awsCli().then(dirname, () => ''));
