import { connectKibana, defaultSpace, type Kibana } from '../../resources/kibana/kibana.ts';
import type { Session } from '../../session.ts';
import { kibanaAddress, timeoutOf } from './address.ts';

/** The Kibana of the target; undefined where nothing says where it is. @throws Failure see `connectKibana` */
export async function openKibana(session: Session): Promise<Kibana | undefined> {
  const address = kibanaAddress(session);
  if (address === undefined) return undefined;
  return await connectKibana(address, session.inputs.space ?? defaultSpace, timeoutOf(session));
}

/** `, Kibana 8.17.2 in space soc`: what is said of it behind Elasticsearch. */
export function kibanaText(kibana: Kibana | undefined): string {
  if (kibana === undefined) return '';
  return `, Kibana ${kibana.version}${kibana.space === defaultSpace ? '' : ` in space ${kibana.space}`}`;
}
