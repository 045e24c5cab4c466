import { tokenOfTab } from './access-token.ts';
import { open } from './client.ts';

/**
 * Saves what the server has at this path as a file. With a session the browser writes it as it comes; a token cannot be sent so, and
 * the whole file is held in memory first.
 */
export async function download(path: string, name: string): Promise<void> {
  if (tokenOfTab() === null) {
    save(path, name);
    return;
  }
  const blob = await (await open(path)).blob();
  const url = URL.createObjectURL(blob);
  save(url, name);
  // The browser has taken it over when the click returns; a while later it has surely begun.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function save(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
