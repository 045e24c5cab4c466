import manifest from '../../package.json' with { type: 'json' };

/** This program's version, kept with every run and manifest. */
export const VERSION: string = manifest.version;
