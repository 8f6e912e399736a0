import { isAbsolute, relative, resolve } from 'node:path';
import type { CommandName } from './command-table.ts';
import { type Configuration, configurationFile, noConfiguration } from './configuration/configuration.ts';
import { liftedLimits, withLimits } from './configuration/limits.ts';
import type { ApprovedPlan } from './deploy/approved-plan.ts';
import type { ForkSettings } from './domain/fork-settings.ts';
import type { Kind } from './domain/kind.ts';
import type { Limits } from './domain/limits.ts';
import { safe } from './domain/safe.ts';
import type { SeverityRule } from './domain/severity.ts';
import { Failure } from './errors.ts';
import type { Host } from './host.ts';
import type { Inputs } from './inputs.ts';
import { builtInKinds, kindOfName } from './kinds/kinds.ts';
import { severityRule } from './severity-flag.ts';
import type { Preflight } from './stores/preflight.ts';
import type { ReleaseStore } from './stores/store.ts';

/** One run: what was asked, and what configuration and flags make of it. */
export interface Session {
  readonly host: Host;
  /** What was asked, with the settings of the target in place of flags that were not given. */
  readonly inputs: Inputs;
  /** What was asked, to the letter. */
  readonly asked: Inputs;
  /** Name of the target in the configuration that the run is on. */
  readonly target?: string;
  readonly configuration: Configuration;
  readonly kinds: readonly Kind[];
  readonly limits: Limits;
  readonly severities: readonly SeverityRule[];
  /** Limits above their defaults, for the report. */
  readonly lifted: readonly string[];
  readonly now: Date;
  /** Of the configuration file, where a fork's pull request started the run. */
  readonly forkSettings?: ForkSettings;
  /** Address of the store, as `--store` names it. */
  readonly storeAddress: string;
  /** The plan that the run may carry out, and no other. */
  readonly approved?: ApprovedPlan;
}

/** @throws Failure `usage`, `configuration-invalid`, `path-not-found`, `path-refused`, `file-unreadable` */
export async function openSession(inputs: Inputs, host: Host): Promise<Session> {
  const configuration = await configurationOf(inputs, host);
  const kinds = [...builtInKinds, ...configuration.kinds];
  const limits = withLimits(configuration.limits, limitFlags(inputs.limit ?? []));
  if ('message' in limits)
    throw new Failure('usage', limits.message, limits.help === undefined ? {} : { help: limits.help });
  const session: Session = {
    host,
    inputs,
    asked: inputs,
    configuration,
    kinds,
    limits,
    severities: [...configuration.severities, ...(inputs.severity ?? []).map(severityRule)],
    lifted: liftedLimits(limits),
    now: host.now(),
    storeAddress: storeGiven(inputs) ?? configuration.store ?? host.store ?? 'dir:releases',
    ...(await forkSettingsOf(inputs, host)),
  };
  return inputs.target === undefined ? session : await sessionOn(session, inputs.target, true);
}

/**
 * The same run on a target of the configuration.
 * @param alone whether it is the only target of the run
 * @throws Failure `usage`
 */
export async function sessionOn(session: Session, name: string, alone: boolean): Promise<Session> {
  const { onTarget, targetNamed } = await import('./target-settings.ts');
  const { asked, configuration, host, kinds } = session;
  const target = targetNamed(configuration, name);
  const { inputs, env } = onTarget(target, asked, { env: host.env, kinds, alone });
  return { ...session, inputs, target: name, host: { ...host, env } };
}

/** The store that the inputs name, in one of two ways. @throws Failure `usage` where they differ */
function storeGiven({ store, repository }: Inputs): string | undefined {
  if (repository === undefined) return store;
  if (!/^[^/:]+\/[^/]+$/.test(repository)) {
    throw new Failure('usage', `\`--repository ${safe(repository)}\` is not of the form OWNER/REPO.`);
  }
  const address = `github:${repository}`;
  if (store === undefined || store.toLowerCase() === address.toLowerCase()) return address;
  throw new Failure('usage', `\`--store ${safe(store)}\` and \`--repository ${safe(repository)}\` are not the same.`, {
    help: 'Give one of them: `--repository OWNER/REPO` is short for `--store github:OWNER/REPO`.',
  });
}

async function forkSettingsOf({ config }: Inputs, { fork, cwd }: Host): Promise<Pick<Session, 'forkSettings'>> {
  if (fork === undefined) return {};
  return { forkSettings: (await import('./fork-settings.ts')).forkSettings(fork, cwd, config) };
}

async function configurationOf(inputs: Inputs, host: Host): Promise<Configuration> {
  const file = resolve(host.cwd, inputs.config ?? configurationFile);
  const shown = relative(host.cwd, file);
  // Loaded only where there may be one: most runs have none, and its parser is not small.
  const { existsSync } = await import('node:fs');
  if (inputs.config === undefined && !existsSync(file)) return noConfiguration;
  const { requireOwnFile } = await import('./confinement.ts');
  requireOwnFile(host, inputs.config ?? configurationFile, inputs.config !== undefined);
  const { readConfiguration } = await import('./configuration/read.ts');
  const name = shown.startsWith('..') || isAbsolute(shown) ? file : shown;
  return (await readConfiguration(name, file, inputs.config !== undefined)) ?? noConfiguration;
}

function limitFlags(flags: readonly string[]): Map<string, number> {
  return new Map(
    flags.map((flag) => {
      const [name = '', value = '', ...more] = flag.split('=');
      if (!/^\d{1,15}$/.test(value) || more.length > 0) {
        throw new Failure('usage', `\`--limit ${flag}\` is not of the form NAME=NUMBER.`);
      }
      return [name, Number(value)];
    }),
  );
}

/** The kind for a base name: `--kind` where it is given, else by the name's family. */
export function kindFor(session: Session, name: string): Kind | undefined {
  const wanted = session.inputs.kind;
  if (wanted === undefined) return kindOfName(name, session.kinds);
  return kindById(session, wanted);
}

/** @throws Failure `usage` where there is no such kind */
export function kindById(session: Session, id: string): Kind {
  const kind = session.kinds.find((candidate) => candidate.id === id || candidate.family === id);
  if (kind !== undefined) return kind;
  throw new Failure('usage', `There is no kind \`${id}\`.`, {
    help: `Kinds: ${session.kinds.map((candidate) => candidate.id).join(', ')}. Own kinds stand in ${configurationFile}.`,
  });
}

/** Commands that publish nothing and write nothing that is published from: what they read may come from a cache. */
const cached: ReadonlySet<CommandName> = new Set(['validate', 'verify', 'get', 'list', 'which', 'diff']);

/** Opens the store of the run. @throws Failure `store-unsupported`, `store-invalid` */
export async function openStore(session: Session): Promise<ReleaseStore & Preflight> {
  const address = session.storeAddress;
  if (address.startsWith('github:')) return await openGitHub(address, session);
  const path = address.startsWith('dir:') ? address.slice(4) : '';
  if (path === '') throw new Failure('store-unsupported', `The store \`${address}\` is of no known kind.`);
  const { openDirectoryStore } = await import('./stores/directory/directory.ts');
  // Messages name the folder as the user did, wherever that is the same place.
  const here = session.host.cwd === process.cwd() ? path : resolve(session.host.cwd, path);
  return openDirectoryStore(here, { now: () => session.now });
}

async function openGitHub(address: string, { host, inputs }: Session): Promise<ReleaseStore & Preflight> {
  const { openGitHubStore } = await import('./stores/github/github.ts');
  const { GITHUB_API_URL: apiUrl, GITHUB_TOKEN: token, GITHUB_REF: ref = '', GITHUB_REPOSITORY: own } = host.env;
  // A tag that started the run is this repository's own: in another one it says nothing.
  const makeLatest = latestOf(inputs['make-latest']);
  const givenTag = address === `github:${own}` ? /^refs\/tags\/(.+)$/.exec(ref)?.[1] : undefined;
  return openGitHubStore(address, {
    // A validation goes on without the history, and says so; whatever else asks cannot.
    hurried: inputs.command === 'validate',
    ...(host.toolCache === undefined || !cached.has(inputs.command) ? {} : { toolCache: host.toolCache }),
    onMoved: (name) => {
      host.progress({ key: 'moved', text: `${address} is called ${name} now: name it so`, done: true });
    },
    ...(apiUrl === undefined ? {} : { apiUrl }),
    ...(token === undefined ? {} : { token }),
    ...(givenTag === undefined ? {} : { givenTag }),
    ...(makeLatest === undefined ? {} : { makeLatest }),
  });
}

function latestOf(text: string | undefined): 'true' | 'false' | 'legacy' | undefined {
  return text === 'true' || text === 'false' || text === 'legacy' ? text : undefined;
}
