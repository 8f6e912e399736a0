import type { CommandName } from './command-table.ts';
import type { Report } from './domain/report.ts';
import type { Host } from './host.ts';
import { type Inputs, reads } from './inputs.ts';
import { commandLine } from './repeat.ts';
import { type CommandResult, countsOf } from './result.ts';
import { openSession, type Session } from './session.ts';
import { toolName, toolVersion } from './version.ts';

type Command = (session: Session) => Promise<CommandResult>;

/** What each command does: one line each, loaded when it is asked for. */
const implementations: Readonly<Record<CommandName, () => Promise<Command>>> = {
  validate: async () => (await import('./commands/validate.ts')).validate,
  pack: async () => (await import('./commands/pack.ts')).pack,
  release: async () => (await import('./commands/release.ts')).release,
  verify: async () => (await import('./commands/verify.ts')).verify,
  get: async () => (await import('./commands/get.ts')).get,
  list: async () => (await import('./commands/list.ts')).list,
  which: async () => (await import('./commands/which.ts')).which,
  diff: async () => (await import('./commands/diff.ts')).diff,
  'next-name': async () => (await import('./commands/next-name.ts')).nextNameOf,
  reindex: async () => (await import('./commands/reindex.ts')).reindex,
  scan: async () => (await import('./commands/scan.ts')).scan,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  init: async () => (await import('./commands/init.ts')).init,
  deploy: async () => (await import('./commands/elastic/setup.ts')).setup,
  undeploy: async () => (await import('./commands/elastic/remove.ts')).remove,
  rollback: async () => (await import('./commands/elastic/rollback.ts')).rollback,
  apply: async () => (await import('./commands/elastic/apply.ts')).apply,
  status: async () => (await import('./commands/elastic/status.ts')).status,
  pull: async () => (await import('./commands/pull/pull.ts')).pull,
  'elastic setup-model': async () => (await import('./commands/elastic/setup.ts')).setup,
  'elastic remove-model': async () => (await import('./commands/elastic/remove.ts')).remove,
  'elastic upload-job': async () => (await import('./commands/elastic/upload-job.ts')).uploadJob,
  'elastic delete-job': async () => (await import('./commands/elastic/delete-job.ts')).deleteJob,
  'elastic upload-rule': async () => (await import('./commands/elastic/upload-rule.ts')).uploadRule,
  'elastic status': async () => (await import('./commands/elastic/status.ts')).status,
  'model inspect': async () => (await import('./commands/model/inspect.ts')).inspect,
  'model predict': async () => (await import('./commands/model/predict.ts')).predict,
  'model golden': async () => (await import('./commands/model/golden.ts')).golden,
  'model evaluate': async () => (await import('./commands/model/evaluate.ts')).evaluate,
  'model drift': async () => (await import('./commands/model/drift.ts')).drift,
  explain: async () => (await import('./commands/explain.ts')).explain,
};

/** A finished run. */
export interface Run {
  readonly report: Report;
  /** 0 clean, 1 findings or a "no", 2 where it could not be told, 4 where a target differs. Failures are thrown and carry their own. */
  readonly exit: 0 | 1 | 2 | 4;
  readonly session: Session;
}

/**
 * The product: read, check, plan, apply, verify; the caller renders the report.
 * @throws Failure where the tool cannot do its work
 */
export async function run(inputs: Inputs, host: Host): Promise<Run> {
  const started = process.hrtime.bigint();
  const session = await openSession(inputs, host);
  const command = await implementations[inputs.command]();
  const result = await command(session);
  const counts = countsOf(result.subjects);
  const failOn = inputs['fail-on'] ?? session.configuration.failOn ?? 'error';
  const failed = result.no === true || counts.error > 0 || (failOn === 'warning' && counts.warning > 0);
  const report: Report = {
    tool: { name: toolName, version: toolVersion },
    command: inputs.command,
    outcome: failed || result.unclear === true || result.drift === true ? 'failed' : 'passed',
    subjects: result.subjects,
    counts,
    ...(result.result === undefined ? {} : { result: result.result }),
    ...(result.deployment === undefined ? {} : { deployment: result.deployment }),
    ...(result.text === undefined ? {} : { text: result.text }),
    ...(result.facts === undefined ? {} : { facts: result.facts }),
    ...(result.store === undefined ? {} : { store: result.store }),
    duration: Number(process.hrtime.bigint() - started) / 1e9,
    repeat: commandLine(elsewhere(session)),
  };
  return { report, exit: failed ? 1 : result.drift === true ? 4 : result.unclear === true ? 2 : 0, session };
}

/** The inputs for another machine: a store that the host brought along is named; the configuration's is there too. */
function elsewhere({ asked: inputs, host, configuration, storeAddress }: Session): Inputs {
  const named = inputs.store ?? inputs.repository ?? configuration.store ?? (host.store === undefined ? '' : undefined);
  return named === undefined && reads(inputs.command, 'store') ? { ...inputs, store: storeAddress } : inputs;
}
