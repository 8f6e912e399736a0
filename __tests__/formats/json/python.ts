import { spawnSync } from 'node:child_process';

const program = `
import hashlib, json, sys

def no_constant(name):
    raise ValueError(name)

def pairs(members):
    keys = [key for key, _ in members]
    if len(set(keys)) < len(keys):
        raise KeyError('duplicate')
    return dict(members)

def answer(text):
    result = {}
    try:
        value = json.loads(text, parse_constant=no_constant)
    except ValueError:
        return {'valid': False}
    try:
        json.loads(text, object_pairs_hook=pairs)
        unique = True
    except KeyError:
        unique = False
    canonical = json.dumps(value, sort_keys=True)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return {'valid': True, 'unique': unique, 'canonical': canonical, 'sha256': digest}

print(json.dumps([answer(text) for text in json.load(sys.stdin)]))
`;

/** What Python's json module says of a text. */
export type PythonAnswer =
  | { readonly valid: false }
  | {
      readonly valid: true;
      /** No object has a key twice. */
      readonly unique: boolean;
      /** `json.dumps(json.loads(text), sort_keys=True)`, and its SHA-256. */
      readonly canonical: string;
      readonly sha256: string;
    };

/** Asks Python about many texts at once; a machine without it fails the test. */
export function askPython(texts: readonly string[]): PythonAnswer[] {
  const { stdout, stderr, status, error } = spawnSync('python3', ['-c', program], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) throw new Error(`this test needs python3: ${error.message}`);
  if (status !== 0) throw new Error(`python3 failed: ${stderr}`);
  return JSON.parse(stdout);
}
