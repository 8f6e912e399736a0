import { member, type Value } from '../../domain/document.ts';
import type { TargetClient } from '../http/client.ts';
import { journalIndex } from './journal.ts';

/** A privilege that deploying needs, and what for. */
export interface Need {
  readonly privilege: string;
  /** Indices that it is about; absent for a privilege on the cluster. */
  readonly on?: string;
  /** A clause. */
  readonly purpose: string;
}

/** All that deploying, taking off and watching ask of Elasticsearch, in the one place that says so. */
const needs: readonly Need[] = [
  { privilege: 'monitor', purpose: 'licence, nodes and figures are read' },
  { privilege: 'manage_ml', purpose: 'models, jobs, datafeeds and analytics are put there' },
  { privilege: 'manage_pipeline', purpose: 'pipelines are put there' },
  { privilege: 'manage_index_templates', purpose: 'templates are put there, and searched for the pipelines they name' },
  { privilege: 'manage_transform', purpose: 'transforms are put there and started' },
  { privilege: 'manage_enrich', purpose: 'enrich policies are put there and executed' },
  // It covers all the others: without scripts those do.
  { privilege: 'manage', purpose: 'scripts are stored' },
  { privilege: 'view_index_metadata', on: '*', purpose: 'it is seen which indices send through a pipeline' },
];

const journalNeeds: readonly Need[] = ['create_index', 'read', 'write'].map((privilege) => {
  return { privilege, on: journalIndex, purpose: 'the journal is kept' };
});

/** @param journal whether the journal is an index of the cluster */
export function neededPrivileges(journal: boolean): readonly Need[] {
  return journal ? [...needs, ...journalNeeds] : needs;
}

/** A role, as `PUT /_security/role/<name>` takes it. */
export interface RoleDescriptor {
  readonly cluster: readonly string[];
  readonly indices: readonly { readonly names: readonly string[]; readonly privileges: readonly string[] }[];
}

/** The role that has some privileges. */
export function roleOf(wanted: readonly Need[]): RoleDescriptor {
  const names = [...new Set(wanted.flatMap(({ on }) => on ?? []))];
  const on = (name?: string): string[] => wanted.filter((need) => need.on === name).map(({ privilege }) => privilege);
  return { cluster: on(), indices: names.map((name) => ({ names: [name], privileges: on(name) })) };
}

/**
 * Asks which of some privileges whoever asks does not have.
 * @throws Failure the client's
 */
export async function lackingPrivileges(client: TargetClient, wanted: readonly Need[]): Promise<readonly Need[]> {
  const { cluster, indices: index } = roleOf(wanted);
  const body = JSON.stringify({ cluster, index });
  const { value } = await client.send({ method: 'POST', path: ['_security', 'user', '_has_privileges'], body });
  const held = ({ privilege, on }: Need): Value | undefined => {
    return on === undefined
      ? member(member(value, 'cluster'), privilege)
      : member(member(member(value, 'index'), on), privilege);
  };
  return wanted.filter((need) => held(need) !== true);
}
