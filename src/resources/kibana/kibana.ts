import { member } from '../../domain/document.ts';
import { defaultSpace } from '../../domain/rule-key.ts';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import type { TargetAddress } from '../http/address.ts';
import { openTargetClient, type TargetClient } from '../http/client.ts';
import { kibanaReason } from './reason.ts';

/** A Kibana that answered, and the space in it that is meant. */
export interface Kibana {
  /** Its requests go to the space. */
  readonly client: TargetClient;
  readonly space: string;
  /** `8.17.2` */
  readonly version: string;
  /** The client of another space, or of the same. @throws Failure `target-invalid` */
  at(space: string): TargetClient;
  /** Requests sent so far, to all spaces. */
  requests(): number;
}

const spaceForm = /^[a-z0-9_-]{1,100}$/;

/**
 * Asks a Kibana who it is, and whether it has the space: address, certificate and credentials are right when it answers.
 * @param space id, as its addresses have it
 * @param timeout milliseconds until an answer must be there whole
 * @throws Failure `target-invalid` where there is no such space, `target-answer-invalid` where something else answers;
 * the client's
 */
export async function connectKibana(address: TargetAddress, space: string, timeout?: number): Promise<Kibana> {
  const clients = new Map<string, TargetClient>();
  const at = (name: string): TargetClient => {
    const client = clients.get(name) ?? openSpace(address, name, timeout);
    clients.set(name, client);
    return client;
  };
  const client = at(space);
  if (space !== defaultSpace) await requireSpace(client, space);
  const { value } = await client.send({ method: 'GET', path: ['api', 'status'] });
  const version = member(member(value, 'version'), 'number');
  if (typeof version !== 'string' || !/^\d{1,3}\.\d{1,3}\.\d/.test(version)) {
    throw new Failure('target-answer-invalid', `What answers at ${address.shown} is no Kibana.`);
  }
  const requests = () => [...clients.values()].reduce((sum, each) => sum + each.requests(), 0);
  return { client, space, version, at, requests };
}

/** Holds a text to the form that ids of spaces have. @throws Failure `target-invalid` */
export function requireSpaceId(space: string): void {
  if (spaceForm.test(space)) return;
  throw new Failure('target-invalid', `\`${safe(space)}\` cannot be the id of a space of Kibana.`, {
    help: 'It is what an address of the space has behind `/s/`: lower-case letters, digits, `_` and `-`.',
  });
}

function openSpace(address: TargetAddress, space: string, timeout: number | undefined): TargetClient {
  requireSpaceId(space);
  return openTargetClient(inSpace(address, space), {
    // Whatever it says: Kibana takes no change from a page that cannot set it.
    headers: { 'kbn-xsrf': 'ml-detection-release' },
    reasonOf: kibanaReason,
    ...(timeout === undefined ? {} : { timeout }),
  });
}

function inSpace(address: TargetAddress, space: string): TargetAddress {
  if (space === defaultSpace) return address;
  const url = new URL(address.url);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/s/${space}`;
  return { ...address, url, shown: `${address.shown}/s/${space}` };
}

async function requireSpace(client: TargetClient, space: string): Promise<void> {
  const { status } = await client.send({ method: 'GET', path: ['api', 'spaces', 'space', space] }, [404]);
  if (status !== 404) return;
  throw new Failure('target-invalid', `There is no space \`${safe(space)}\` at ${client.address.shown}.`, {
    help: 'Name with --space one that is there: what its addresses have behind `/s/`.',
  });
}
