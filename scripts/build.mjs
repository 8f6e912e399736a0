import { bundleOutputs, writeBundle } from './bundle.mjs';
import { generatedOutputs } from './generate.mjs';
import { drift, remove, stale, write } from './outputs.mjs';
import { generatedFolder, schemaOutputs } from './schemas.mjs';

// `npm run build`: compiles the schemas, runs the generators, bundles `dist`, each from what the one before wrote.
// `--check` writes nothing, and lists the generated sources that are not as they should be; `dist` is compared
// apart, by building it and asking git, since it is committed apart.
const schemas = await schemaOutputs();
const leftOver = stale(generatedFolder, schemas);

if (process.argv.includes('--check')) {
  const wrong = [...drift(schemas), ...leftOver, ...drift(await generatedOutputs())];
  for (const path of wrong) console.error(`${path} is not what its source generates: npm run build`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
} else {
  write(schemas);
  remove(leftOver);
  write(await generatedOutputs());
  writeBundle(await bundleOutputs());
}
