import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defaultLimits } from '../src/domain/limits.ts';
import { readJson } from '../src/formats/json/read.ts';

/** Reads a model as a bundle's entry: hash, strict scan, value. */
async function readModel(path: string): Promise<void> {
  const bytes = readFileSync(path);
  createHash('sha256').update(bytes).digest('hex');
  const { document, findings } = await readJson(bytes, 'model.json', { depth: defaultLimits.modelDepth });
  if (document === undefined) throw new Error(JSON.stringify(findings));
}

readModel(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
