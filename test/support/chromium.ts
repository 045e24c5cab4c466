import { type Browser, chromium } from 'playwright-core';

/** Where Debian has the one without windows, which does the same for half the work. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell';

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      // Tests may run as root, where Chromium has no sandbox, and in containers with little shared memory.
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--force-color-profile=srgb',
      // There is none: to imitate one takes as long as all the rest of a page.
      '--disable-gpu',
      '--disable-software-rasterizer',
    ],
  });
}

/** Waits until a server has built its pages: until then it says so, and nothing else. */
export async function pagesReady(url: string): Promise<void> {
  for (;;) {
    const { status } = await fetch(url, { headers: { accept: 'text/html' } });
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
