import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { safe } from '../../domain/safe.ts';
import { Failure } from '../../errors.ts';
import {
  type AddressInputs,
  type ServiceName,
  type TargetAddress,
  targetAddress,
} from '../../resources/http/address.ts';
import type { Session } from '../../session.ts';

/**
 * Where Elasticsearch is, and who asks: flags go before the environment, and a secret comes from the environment only.
 * @throws Failure `usage` (a password in a flag), `target-invalid`, `file-unreadable`
 */
export function elasticAddress(session: Session): TargetAddress {
  const { inputs, host } = session;
  const given = inputs['elasticsearch-url'];
  requireNoPassword('elasticsearch-url', given);
  // A flag says where: what the environment says of the same is not meant then.
  const byFlag = given !== undefined || inputs['cloud-id'] !== undefined;
  const url = byFlag ? given : host.env['ELASTICSEARCH_URL'];
  const cloudId = byFlag ? inputs['cloud-id'] : host.env['ELASTIC_CLOUD_ID'];
  return addressOf(session, 'elasticsearch', { url, cloudId });
}

/**
 * The same of Kibana, which a cloud id names too; undefined where nothing says where it is.
 * @throws Failure as `elasticAddress`
 */
export function kibanaAddress(session: Session): TargetAddress | undefined {
  const { inputs, host } = session;
  const given = inputs['kibana-url'];
  requireNoPassword('kibana-url', given);
  const byFlag = given !== undefined || inputs['cloud-id'] !== undefined;
  const url = (byFlag ? given : host.env['KIBANA_URL']) || undefined;
  // The cloud id of the environment is of another Elasticsearch where a flag says where that is.
  const named = inputs['elasticsearch-url'] === undefined ? host.env['ELASTIC_CLOUD_ID'] : undefined;
  const cloudId = (inputs['cloud-id'] ?? named) || undefined;
  return url === undefined && cloudId === undefined ? undefined : addressOf(session, 'kibana', { url, cloudId });
}

function requireNoPassword(input: 'elasticsearch-url' | 'kibana-url', given: string | undefined): void {
  if (given === undefined || !URL.canParse(given) || new URL(given).password === '') return;
  throw new Failure('usage', `There is a password in \`--${input}\`, where others can read it.`, {
    help: 'Set ELASTIC_PASSWORD or ELASTIC_API_KEY in the environment.',
  });
}

function addressOf(
  session: Session,
  service: ServiceName,
  { url, cloudId }: { readonly url: string | undefined; readonly cloudId: string | undefined },
): TargetAddress {
  const { inputs } = session;
  const { env } = session.host;
  const username = inputs.user ?? env['ELASTIC_USERNAME'];
  const parts: Record<keyof AddressInputs, string | undefined> = {
    url,
    cloudId,
    apiKey: inputs.user === undefined ? env['ELASTIC_API_KEY'] : undefined,
    username,
    password: env['ELASTIC_PASSWORD'],
    ca: authority(session),
    fingerprint: env['ELASTIC_FINGERPRINT'] || undefined,
  };
  return targetAddress(service, Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)));
}

/** Milliseconds that an answer may take. @throws Failure `usage` */
export function timeoutOf({ inputs }: Session): number | undefined {
  const { timeout } = inputs;
  if (timeout === undefined) return undefined;
  if (!/^\d{1,5}$/.test(timeout) || Number(timeout) === 0) {
    throw new Failure('usage', `\`--timeout ${safe(timeout)}\` is no number of seconds from 1 to 99999.`);
  }
  return Number(timeout) * 1000;
}

function authority({ inputs, host }: Session): string | undefined {
  const file = inputs['ca-file'] ?? (host.env['ELASTIC_CA_FILE'] || undefined);
  if (file === undefined) return undefined;
  try {
    return readFileSync(resolve(host.cwd, file), 'utf8');
  } catch (cause) {
    throw new Failure('file-unreadable', `The certificates ${safe(file, 1000)} cannot be read.`, { cause });
  }
}
