import { closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { tomlText } from '../../formats/toml/write.ts';
import type { Elasticsearch } from '../../resources/elasticsearch/elasticsearch.ts';
import { downloadDefinition } from '../../resources/elasticsearch/model-definition.ts';
import { writingNow } from '../../stores/file-failure.ts';
import type { PulledFile } from './files.ts';

/**
 * Writes the files of a bundle into an empty folder. The definition of a model goes from the network to its file, so
 * that its size is never one of memory.
 * @throws Failure `disk-full`, `write-failed`; the client's
 */
export async function writeFiles(elasticsearch: Elasticsearch, folder: string, files: readonly PulledFile[]) {
  for (const { key, path, value } of files) {
    const place = join(folder, path);
    const text = path.endsWith('.toml') && isObject(value) ? tomlText(value) : JSON.stringify(value, undefined, 2);
    if (key.type === 'model') await writeModel(elasticsearch, key.id, place, text);
    else writingNow(place, () => writeFileSync(place, `${text}\n`, { flag: 'wx', mode: 0o644 }));
  }
}

/** What a person reads first. Nothing of the target is in it: releases are read by others. */
export function writeReadme(folder: string, name: string, files: readonly PulledFile[]): void {
  const place = join(folder, 'README.md');
  const rows = files.map(({ key, path }) => `- \`${path}\`: ${key.type} \`${safe(key.id)}\`\n`);
  const text = `# ${name}\n\nMade of objects that stood on a target:\n\n${rows.join('')}`;
  writingNow(place, () => writeFileSync(place, text, { flag: 'wx', mode: 0o644 }));
}

/** @param text of the model as an object without its definition, which becomes its last member */
async function writeModel(elasticsearch: Elasticsearch, id: string, place: string, text: string): Promise<void> {
  const head = Buffer.from(`${text.replace(/\n\}$/, '')},\n  "compressed_definition": "`);
  const file = writingNow(place, () => openSync(place, 'wx', 0o644));
  let end = 0;
  const append = (chunk: Buffer): void =>
    writingNow(place, () => {
      for (let written = 0; written < chunk.length; ) {
        const count = writeSync(file, chunk, written, chunk.length - written, end);
        written += count;
        end += count;
      }
    });
  try {
    await downloadDefinition(elasticsearch, id, () => {
      writingNow(place, () => ftruncateSync(file));
      end = 0;
      append(head);
      return append;
    });
    append(Buffer.from('"\n}\n'));
  } finally {
    closeSync(file);
  }
}
