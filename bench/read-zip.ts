import { defaultLimits } from '../src/domain/limits.ts';
import { openFileSource } from '../src/formats/file-source.ts';
import { readZip } from '../src/formats/zip/read.ts';

// The archive reader alone: archive rules, CRC and sha256 of every entry, no document.
const source = openFileSource(process.argv[2] ?? '');
readZip(source, defaultLimits, () => undefined).then(({ members, findings }) => {
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  process.stdout.write(`${members.length} members\n`);
});
