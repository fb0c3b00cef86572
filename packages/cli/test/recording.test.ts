import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { awsCli } from '@bedrockenv/testkit/aws-cli';
import { drivers } from '@bedrockenv/testkit/pty';
import { expect, it } from 'vitest';
import { recording, recordingPath } from '../../../scripts/recording.ts';
import './cli.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const text = () => readFileSync(join(repository, recordingPath), 'utf8');
const hasAws = await awsCli().then(
  () => true,
  () => false,
);

it.skipIf(!hasAws || drivers[0]?.program() === undefined)(
  "the README's recording is what the demo does (node --conditions=source scripts/recording.ts)",
  async () => {
    expect(await recording()).toBe(text());
  },
  120_000,
);

it('is legible in light and in dark, still, and to a screen reader', () => {
  const contrast = (block: string) => {
    const colour = (name: string) => new RegExp(`--${name}: (#\\w{6})`).exec(block)?.[1] as string;
    return ['text', 'quiet', 'notice'].map((name) => ratio(luminance(colour(name)), luminance(colour('ground'))));
  };
  const [light = '', dark = ''] = [...text().matchAll(/svg \{ --ground[^}]*\}/g)].map(([block]) => block);
  expect(Math.min(...contrast(light), ...contrast(dark))).toBeGreaterThan(4.5);
  expect(text()).toMatch(/<desc id="description">#/);
  // Without motion every line is there from the start.
  expect(text().replace(/@media \(prefers-reduced-motion: no-preference\) \{[\s\S]*?\n\}/, '')).not.toMatch(/opacity/);
});

/** WCAG 2: contrast of two relative luminances. */
function ratio(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
