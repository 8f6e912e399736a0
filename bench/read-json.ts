import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defaultLimits } from '../src/domain/limits.ts';
import { readJson } from '../src/formats/json/read.ts';

// Reading a model as a bundle's entry: hash, strict scan, value.
const bytes = readFileSync(process.argv[2] ?? '');
createHash('sha256').update(bytes).digest('hex');
const { document, findings } = await readJson(bytes, 'model.json', { depth: defaultLimits.modelDepth });
if (document === undefined) throw new Error(JSON.stringify(findings));
