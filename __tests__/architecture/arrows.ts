import { resolved } from './sources.ts';

const anything = /^/;
const nothing = /$^/;

interface Layer {
  /** Files it has. */
  readonly files: RegExp;
  /** Sources that it may import besides its own. */
  readonly sources: RegExp;
  /** Packages and modules of Node that it may import. */
  readonly packages: RegExp;
}

const entry = /^src\/(?:action|cli|post)\.ts$/;
const pure = 'domain/|schemas/';
const inner = `${pure}|errors\\.ts|kinds/|formats/`;

/**
 * The arrows of ARCHITECTURE.md; the first layer that has a file counts. Inner layers first: each sees less than the
 * ones after it. Whatever is not named is refused, a new folder included.
 */
const layers: Record<string, Layer> = {
  domain: { files: /^src\/domain\//, sources: nothing, packages: nothing },
  errors: { files: /^src\/errors(?:\/.+)?\.ts$/, sources: nothing, packages: nothing },
  version: { files: /^src\/version\.ts$/, sources: nothing, packages: nothing },
  schemas: { files: /^src\/schemas\//, sources: nothing, packages: nothing },
  kinds: { files: /^src\/kinds\//, sources: only('domain/'), packages: nothing },
  checks: { files: /^src\/checks\//, sources: only(pure), packages: nothing },
  reporters: { files: /^src\/reporters\//, sources: only(pure), packages: nothing },
  formats: {
    files: /^src\/formats\//,
    sources: only(`${pure}|errors\\.ts|kinds/`),
    packages:
      /^(?:node:(?:buffer|crypto|fs|path|stream|string_decoder|util|zlib)|jsonc-parser|smol-toml|toml-eslint-parser)$/,
  },
  // Pure as the checks are, whose walk over the trees tells it that they are sound.
  inference: { files: /^src\/inference\//, sources: only('domain/|checks/'), packages: nothing },
  // The only store that knows the runner: the issue that adds it finds its place kept.
  github: { files: /^src\/stores\/github/, sources: only(`${inner}|stores/`), packages: anything },
  stores: { files: /^src\/stores\//, sources: only(inner), packages: /^node:/ },
  // Stores behind their port: publishing knows what a store is, and none of them. Durable files are no store.
  publish: {
    files: /^src\/publish\//,
    sources: only(`${inner}|version\\.ts|stores/(?:store|durable|file-failure)\\.ts`),
    packages: /^node:/,
  },
  // Targets behind the port of their objects; a lock tells the living from the dead as the directory store does.
  deploy: {
    files: /^src\/deploy\//,
    sources: only(
      `${inner}|resources/resource\\.ts|publish/parallel\\.ts|stores/(?:durable|file-failure|directory/holder)\\.ts`,
    ),
    packages: /^node:/,
  },
  resources: { files: /^src\/resources\//, sources: only(`${inner}|version\\.ts`), packages: /^node:/ },
  configuration: { files: /^src\/configuration\//, sources: only(`${inner}|checks/`), packages: /^node:/ },
  action: { files: /^src\/action\.ts$/, sources: anything, packages: /^(?:node:|@actions\/core$)/ },
  cli: { files: /^src\/(?:cli|post)\.ts$/, sources: anything, packages: /^node:/ },
  // What is made of all these: commands, and the files at the root.
  product: { files: /^src\/(?:commands\/.+|[^/]+)\.ts$/, sources: anything, packages: /^node:/ },
};

function only(paths: string): RegExp {
  return new RegExp(`^src/(?:${paths})`);
}

/** Name of the layer that a source belongs to; undefined where nobody gave it a place. */
export function layerOf(path: string): string | undefined {
  return Object.keys(layers).find((name) => layers[name]?.files.test(path));
}

/** Whether a source may import what a specifier names. */
export function mayImport(path: string, specifier: string): boolean {
  const layer = layers[layerOf(path) ?? ''];
  if (layer === undefined) return false;
  const target = resolved(path, specifier);
  if (!specifier.startsWith('.')) return layer.packages.test(target);
  if (!target.startsWith('src/') || entry.test(target)) return false;
  return layer.files.test(target) || layer.sources.test(target);
}
