import type { Context } from '../context.ts';
import { installHint } from './aws.ts';
import { findAws } from './find-aws.ts';

/** The AWS CLI, by which profiles are made; null: there is none on PATH. */
export function awsCliHere({ base }: Pick<Context, 'base'>): string | null {
  try {
    return findAws(base, process.platform);
  } catch {
    return null;
  }
}

/** How to get a first profile on this machine, as the fix of a message. */
export const howToConfigure = (context: Pick<Context, 'base'>) =>
  awsCliHere(context) === null
    ? `to make one, install the AWS CLI (${installHint(process.platform)}), then: aws configure sso`
    : 'to make one: aws configure sso';

/** What to do where it is missing. */
export const awsCliHint = () => `Install the AWS CLI (${installHint(process.platform)}), then: aws configure sso`;
