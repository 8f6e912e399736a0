import { randomUUID } from 'node:crypto';

/** A form with one file of lines, as every `_import` of Kibana takes it. */
export function importForm(lines: string): {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
} {
  const boundary = `import-${randomUUID()}`;
  const head = [
    `--${boundary}`,
    'content-disposition: form-data; name="file"; filename="import.ndjson"',
    'content-type: application/ndjson',
    '',
  ];
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: [...head, lines, `--${boundary}--`, ''].join('\r\n'),
  };
}
