import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { safe } from '../../domain/safe.ts';
import { fileFailure } from '../../stores/file-failure.ts';
import type { Condition } from '../../stores/preflight.ts';

/** A workflow of the working folder that publishes. */
export interface ReleaseWorkflow {
  /** Path from the working folder. */
  readonly file: string;
  /** Environments that its jobs name; those that an expression names are not known. */
  readonly environments: readonly string[];
  /** Permissions that it needs and does not grant. */
  readonly lacks: readonly string[];
  /** Whether it says anything about permissions: else the repository's default holds. */
  readonly grants: boolean;
}

const folder = '.github/workflows';
const largest = 256 * 1024;
const reusable = /^[ \t]*(?:-[ \t]*)?uses:[ \t]*\S*ml-detection-release\/\.github\/workflows\/release\.ya?ml@/m;
const step = /^[ \t]*(?:-[ \t]*)?uses:[ \t]*\S*ml-detection-release\/ml-detection-release@/m;
const command = /\b(?:mldr|ml-detection-release) release\b|^[ \t]*command:[ \t]*["']?release\b/m;

const purposes: Readonly<Record<string, string>> = {
  contents: 'to publish the release',
  'id-token': 'to sign the attestation',
  attestations: 'to store the attestation',
};

/**
 * The workflows of a folder that publish, read as text: names and grants, no more.
 * @throws Failure `file-unreadable`
 */
export function releaseWorkflows(cwd: string): ReleaseWorkflow[] {
  const path = resolve(cwd, folder);
  if (!existsSync(path)) return [];
  try {
    const entries = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile());
    const names = entries.map(({ name }) => name).filter((name) => /\.ya?ml$/.test(name));
    return names.sort().flatMap((name) => {
      const bytes = readFileSync(join(path, name));
      return bytes.length > largest ? [] : (readWorkflow(`${folder}/${name}`, bytes.toString('utf8')) ?? []);
    });
  } catch (error) {
    throw fileFailure(error, 'read', path);
  }
}

/** Reads a workflow; undefined where it does not publish. */
export function readWorkflow(file: string, source: string): ReleaseWorkflow | undefined {
  const text = source.replaceAll(/(^|\s)#.*$/gm, '$1');
  const calls = reusable.test(text);
  if (!calls && !(command.test(text) && (step.test(text) || /\brun:/.test(text)))) return undefined;
  const named = [...text.matchAll(/(?:^[ \t]+|[{,][ \t]*)environment:(?:\s*\{?\s*name:)?[ \t]*["']?([\w ./-]*\w)/gm)];
  const expression = /\benvironment:.*\$\{\{/.test(text);
  const environments = [...new Set(named.map(([, name = '']) => name))];
  const needs = calls ? ['contents', 'id-token', 'attestations'] : ['contents'];
  const lacks = needs.filter((scope) => !new RegExp(`\\b${scope}:\\s*write\\b`).test(text));
  const all = /\bpermissions:\s*write-all\b/.test(text) || (!calls && /\btoken:\s*\$\{\{\s*secrets\./.test(text));
  return {
    file,
    // What our reusable workflow takes where nothing is said.
    environments: calls && environments.length === 0 && !expression ? ['release'] : environments,
    lacks: all ? [] : lacks,
    grants: /\bpermissions:/.test(text),
  };
}

/** Whether a workflow grants what it needs: GitHub stops a run that calls another workflow before any job starts. */
export function workflowCondition({ file, lacks, grants }: ReleaseWorkflow): Condition {
  const [subject, name] = ['workflow', `\`${safe(file, 1000)}\``];
  if (lacks.length === 0) return { subject, state: 'good', message: `${name} grants what a release takes.` };
  const help = [
    'Add to the job that releases:',
    '    permissions:',
    ...lacks.map((scope) => `      ${scope}: write # ${purposes[scope]}`),
  ].join('\n');
  const what = lacks.map((scope) => `\`${scope}: write\``).join(', ');
  const code = 'github-forbidden';
  if (grants) return { subject, state: 'missing', code, message: `${name} does not grant ${what}.`, help };
  const message = `${name} grants nothing itself, so the repository's default holds; a release takes ${what}.`;
  return { subject, state: 'attention', code, message, help };
}
