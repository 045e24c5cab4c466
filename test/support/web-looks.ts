import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { accessibilityProblems } from './browser.ts';

/** How people look at a page: in the light and in the dark, on a desk, a tablet and a phone. */
const LOOKS = [
  ['light', 1280],
  ['dark', 1360],
  ['light', 1000],
  ['light', 390],
] as const;

const STATE = `({
  colorScheme: document.documentElement.dataset.mantineColorScheme,
  moves: document.getAnimations().some(({ playState }) => playState === 'running'),
})`;

/**
 * What is wrong with a page for some of them: what axe finds, and what sticks out to the side. A line for each, which begins with the
 * look. The page stays as it is in the last look.
 */
export async function problemsOfLooks(page: Page): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [colorScheme, width] of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(() => page.evaluate(STATE)).toEqual({ colorScheme, moves: false });
    const sticksOut = Number(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'));
    const found = await accessibilityProblems(page);
    problems.push(...found.map((problem) => `${colorScheme}, ${width}: ${problem}`));
    if (sticksOut > 0) problems.push(`${colorScheme}, ${width}: sticks out by ${sticksOut} pixels`);
  }
  return problems;
}
