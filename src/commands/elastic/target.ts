import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { openDirectoryJournal } from '../../deploy/directory-journal.ts';
import type { Deployer } from '../../deploy/execution.ts';
import type { Journal } from '../../deploy/journal.ts';
import { isDeployment } from '../../deploy/record.ts';
import { unfinishedOf } from '../../deploy/unfinished.ts';
import type { DeploymentProcess } from '../../domain/deployment.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import { commandLine } from '../../repeat.ts';
import { connectElasticsearch, type Elasticsearch } from '../../resources/elasticsearch/elasticsearch.ts';
import { openIndexJournal } from '../../resources/elasticsearch/journal.ts';
import { requireSpaceId } from '../../resources/kibana/kibana.ts';
import type { Session } from '../../session.ts';
import { thisProcess } from '../../stores/directory/holder.ts';
import { toolName, toolVersion } from '../../version.ts';
import { workflowRun } from '../../workflow-run.ts';
import { elasticAddress, timeoutOf } from './address.ts';
import { type KibanaAccess, kibanaAccess } from './kibana.ts';

/** A target that answered. */
export interface Target {
  /** Address without user information. */
  readonly name: string;
  readonly elasticsearch: Elasticsearch;
  readonly journal: Journal;
  readonly who: Deployer;
  readonly kibana: KibanaAccess;
}

/** Name and version of the tool, as journal and objects have it. */
export const tool = `${toolName} ${toolVersion}`;

// A model's id begins with it, and is at most 64 characters long (elastic.md §6.1).
const prefixForm = /^[a-z0-9][a-z0-9_.-]{0,30}$/;

/** @throws Failure `usage`, `target-invalid`, the client's */
export async function openTarget(session: Session): Promise<Target> {
  const state = stateFolder(session);
  prefixOf(session);
  // A part of an id is made of it: what is no space would otherwise name another one, or none.
  if (session.inputs.space !== undefined) requireSpaceId(session.inputs.space);
  const address = elasticAddress(session);
  const elasticsearch = await connectElasticsearch(address, timeoutOf(session));
  const name = address.shown;
  const journal =
    state === undefined
      ? openIndexJournal(elasticsearch, isDeployment, unfinishedOf)
      : openDirectoryJournal(state, { target: name });
  return { name, elasticsearch, journal, who: deployer(session), kibana: kibanaAccess(session) };
}

/** What stands before every id. @throws Failure `usage` */
export function prefixOf({ inputs }: Session): string {
  const prefix = inputs['id-prefix'] ?? '';
  if (prefix === '' || prefixForm.test(prefix)) return prefix;
  throw new Failure('usage', `\`--id-prefix ${safe(prefix)}\` cannot begin an id.`, {
    help: 'Take up to 31 lower-case letters, digits, `_`, `-` and `.`, of which a letter or digit is the first.',
  });
}

function stateFolder({ inputs, host }: Session): string | undefined {
  const { state } = inputs;
  if (state === undefined) return undefined;
  const path = state.startsWith('dir:') ? state.slice(4) : '';
  if (path === '') throw new Failure('usage', `\`--state ${safe(state)}\` is not of the form dir:PATH.`);
  return resolve(host.cwd, path);
}

function deployer({ inputs, asked, host }: Session): Deployer {
  const { 'dry-run': _, release: __, ...others } = asked;
  const { release } = inputs;
  const repair = { ...others, command: inputs.command, repair: true };
  const process: DeploymentProcess = thisProcess();
  const run = workflowRun(host.env, release === undefined ? {} : { release }) ?? randomUUID();
  return { run, process, tool, now: host.now, repair: commandLine(repair) };
}
