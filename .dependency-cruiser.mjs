/** The import arrows of ARCHITECTURE.md: rooms import lower layers only, and inside a layer only what is named here. */
const LAYERS = [
  ['lib', 'errors.ts', 'identity'],
  ['s3'],
  ['warehouse', 'format', 'stage', 'destinations', 'pixel'],
  ['reach', 'audience', 'optout', 'config', 'ledger'],
  ['delivery', 'monitor'],
  ['schedule', 'shapes', 'users'],
  ['admin'],
  ['app.ts'],
  ['api'],
  ['serve'],
  ['cli'],
];

/** Arrows inside a layer: who may import whom. */
const INSIDE = {
  lib: ['errors.ts'],
  identity: ['errors.ts', 'lib'],
  format: ['warehouse'],
  destinations: ['format'],
  audience: ['reach'],
  optout: ['reach'],
  shapes: ['schedule', 'users'],
};

/** Adapters: folders in src/destinations that the registry names. */
const ADAPTERS = '(liveramp-sftp|liveramp-s3|folder|ttd-api|meta-custom-audience|xandr-segments|partner-file)';

const path = (room) => (room.endsWith('.ts') ? `^src/${room.replace('.', '\\.')}$` : `^src/${room}/`);

const arrows = LAYERS.flatMap((layer, depth) =>
  layer.map((room) => {
    const higher = LAYERS.slice(depth + 1).flat();
    const beside = layer.filter((other) => other !== room && !(INSIDE[room] ?? []).includes(other));
    return {
      name: `${room.replace('.ts', '')}-imports-lower-rooms`,
      severity: 'error',
      from: { path: path(room) },
      to: { path: [...higher, ...beside].map(path) },
    };
  }),
);

export default {
  forbidden: [
    ...arrows.filter(({ to }) => to.path.length > 0),
    {
      name: 'adapters-stand-alone',
      comment: 'An adapter never imports another one; what they share is a transport.',
      severity: 'error',
      from: { path: `^src/destinations/${ADAPTERS}/` },
      to: { path: `^src/destinations/${ADAPTERS}/`, pathNot: '^src/destinations/$1/' },
    },
    {
      name: 'no-adapter-outside-the-registry',
      comment: 'The engine knows no partner by name.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(destinations|cli/demo)/' },
      to: { path: `^src/destinations/${ADAPTERS}/` },
    },
    {
      name: 'pages-import-shapes-alone',
      comment: 'What a browser loads holds nothing of the server: it knows the types of what the API takes and answers.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|test|bench|scripts)/', pathNot: '^src/shapes/' },
    },
    {
      name: 'pages-import-types-alone',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'the-server-imports-no-pages', severity: 'error', from: { path: '^src/' }, to: { path: '^web/' } },
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    {
      name: 'no-cycles-of-pages',
      comment:
        'A route loads its screen when it is opened, and the screen knows the types of its route: neither is needed to load the other.',
      severity: 'error',
      from: { path: '^web/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    { name: 'src-never-imports-tests', severity: 'error', from: { path: '^src/' }, to: { path: '^(test|bench|scripts)/' } },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
