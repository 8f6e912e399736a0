import { requireFinished } from '../../deploy/unfinished.ts';
import { Failure, type FailureCode } from '../../errors.ts';
import { counted } from '../../reporters/measure.ts';
import { requireMachineLearning } from '../../resources/elasticsearch/licence.ts';
import { elasticReason } from '../../resources/elasticsearch/reason.ts';
import { openTargetClient } from '../../resources/http/client.ts';
import type { Session } from '../../session.ts';
import { type Condition, looked, unmet } from '../../stores/preflight.ts';
import { elasticAddress } from '../elastic/address.ts';
import { openKibana } from '../elastic/kibana.ts';
import { openTarget, type Target } from '../elastic/target.ts';
import { accessConditions } from './target-access.ts';
import { clusterCondition, learningConditions, serverCondition } from './target-server.ts';

/** Whether a target is asked after, and not the store. */
export function asksTarget({ inputs, target }: Session): boolean {
  return target !== undefined || inputs['elasticsearch-url'] !== undefined || inputs['cloud-id'] !== undefined;
}

/** Failures of the question itself. */
const unasked: readonly FailureCode[] = ['usage', 'target-invalid', 'file-unreadable'];
/** Failures that say for certain that nothing can be deployed. */
const certain: readonly FailureCode[] = ['target-unauthorised', 'target-answer-invalid', 'target-forbidden'];

/**
 * How a target stands for whoever wants to deploy to it. Asks, and changes nothing.
 * @throws Failure `usage`, `target-invalid`, `file-unreadable`
 */
export async function targetConditions(session: Session): Promise<Condition[]> {
  // What repairs is a command that deploys.
  const { 'delete-draft': _, ...inputs } = session.inputs;
  const deploying: Session = { ...session, inputs: { ...inputs, command: 'deploy' } };
  let target: Target;
  try {
    target = await openTarget(deploying);
  } catch (error) {
    if (!(error instanceof Failure) || unasked.includes(error.code)) throw error;
    const server = unmet(error, 'server', certain.includes(error.code) ? 'missing' : 'unknown');
    if (error.code !== 'target-forbidden') return [server];
    // Who may not even ask who answers is told all that is missing at once.
    const client = openTargetClient(elasticAddress(deploying), { reasonOf: elasticReason });
    return [server, ...(await accessConditions(client, inputs.state === undefined))];
  }
  const { client } = target.elasticsearch;
  const seen = await Promise.all([
    looked('server', () => serverCondition(client)),
    accessConditions(client, inputs.state === undefined),
    licenceConditions(target),
    looked('cluster', () => clusterCondition(client)),
    looked('journal', () => journalConditions(target)),
    kibanaConditions(session),
  ]);
  const all = seen.flat();
  const lacks = all.some(({ subject, state }) => subject === 'privileges' && state === 'missing');
  // That what needs a privilege could not be seen without it says nothing new.
  return all.filter(({ state, code }) => !(lacks && state === 'unknown' && code === 'target-forbidden'));
}

async function licenceConditions({ elasticsearch }: Target): Promise<Condition[]> {
  try {
    const licence = await requireMachineLearning(elasticsearch);
    const message = `\`${licence}\`, active, with machine learning.`;
    const nodes = await looked('nodes', () => learningConditions(elasticsearch.client));
    return [{ subject: 'licence', state: 'good', message }, ...nodes];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [unmet(error, 'licence', error.code === 'target-licence' ? 'missing' : 'unknown')];
  }
}

async function journalConditions({ journal, who }: Target): Promise<Condition[]> {
  const subject = 'journal';
  const deployments = await journal.list();
  try {
    requireFinished(deployments, who);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [unmet(error, subject)];
  }
  const [newest] = deployments;
  const message =
    newest === undefined
      ? `No deployment yet in ${journal.address}; the first one makes it.`
      : `${counted(deployments.length, 'deployment')} in ${journal.address}, the newest of ${newest.startedAt}, finished.`;
  return [{ subject, state: 'good', message }];
}

async function kibanaConditions(session: Session): Promise<Condition[]> {
  const subject = 'Kibana';
  try {
    const kibana = await openKibana(session);
    if (kibana === undefined) return [];
    const { client, version, space } = kibana;
    const query = { per_page: '1' };
    await client.send({ method: 'GET', path: ['api', 'detection_engine', 'rules', '_find'], query });
    const message = `Kibana ${version} answers at ${client.address.shown}, space \`${space}\`, and shows its rules.`;
    return [{ subject, state: 'good', message }];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.code === 'target-forbidden') {
      const help =
        'Give the role the feature Security with All in the space, for rules; Saved Objects Management for those.';
      return [{ ...unmet(error, subject), help }];
    }
    return [unmet(error, subject, [...certain, ...unasked].includes(error.code) ? 'missing' : 'unknown')];
  }
}
