export { describeProfile, type ProfileInfo } from './describe.ts';
export { assumesRole, directKindOf, kindOf, type ProfileKind, sdkKindOf } from './kind.ts';
export { matchProfiles } from './match.ts';
export { awsFilePaths, expandPath } from './paths.ts';
export { type Aws, readAws } from './read.ts';
export { type AwsFile, type Section, settingOf } from './section.ts';
export { didYouMean, unknownProfile } from './unknown.ts';
