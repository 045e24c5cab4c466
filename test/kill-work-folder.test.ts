import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../src/config/make-folder.ts';

/** A server that starts empties its work folder, and then begins several runs at once. */
test('folders that are made at the same moment do not take one another for a disk that cannot be written', async () => {
  const place = mkdtempSync(join(tmpdir(), 'aquarius-folders-'));
  try {
    for (let round = 0; round < 200; round += 1) {
      const names = ['a', 'b', 'c', 'd'];
      const work = join(place, String(round), 'work');
      await Promise.all([...names, ...names].map((name) => makeFolder(join(work, name), 0o700)));
      expect(readdirSync(work).sort()).toEqual(names);
    }
  } finally {
    rmSync(place, { recursive: true });
  }
});
