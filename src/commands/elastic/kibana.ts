import { defaultSpace } from '../../domain/rule-key.ts';
import { Failure } from '../../errors.ts';
import { connectKibana, type Kibana } from '../../resources/kibana/kibana.ts';
import type { Session } from '../../session.ts';
import { kibanaAddress, timeoutOf } from './address.ts';

/** The Kibana of a target, which is asked for nothing before something there is looked at. */
export interface KibanaAccess {
  /** Whether it is said where it is. @throws Failure as `kibanaAddress` */
  readonly given: boolean;
  /** Its address without user information; undefined where it is not said. @throws Failure as `kibanaAddress` */
  readonly address: string | undefined;
  /** Connects, once. @throws Failure `target-invalid` where it is not said where it is; see `connectKibana` */
  open(): Promise<Kibana>;
  /** Requests sent so far. */
  requests(): number;
  /** What is said of it behind Elasticsearch; nothing before it was asked. */
  text(): string;
}

/** The Kibana that a session names. Where the address is not well said, that fails when it is asked for. */
export function kibanaAccess(session: Session): KibanaAccess {
  let opening: Promise<Kibana | undefined> | undefined;
  let opened: Kibana | undefined;
  return {
    get given() {
      return kibanaAddress(session) !== undefined;
    },
    get address() {
      return kibanaAddress(session)?.shown;
    },
    async open() {
      opening ??= openKibana(session);
      opened = await opening;
      if (opened !== undefined) return opened;
      throw new Failure('target-invalid', 'It is not said where Kibana is, which has the detection rules.', {
        help: 'Set KIBANA_URL or pass --kibana-url; to leave rules as they are: --only model,jobs.',
      });
    },
    requests: () => opened?.requests() ?? 0,
    text: () => kibanaText(opened),
  };
}

/** The Kibana of the target; undefined where nothing says where it is. @throws Failure see `connectKibana` */
export async function openKibana(session: Session): Promise<Kibana | undefined> {
  const address = kibanaAddress(session);
  if (address === undefined) return undefined;
  return await connectKibana(address, session.inputs.space ?? defaultSpace, timeoutOf(session));
}

/** `, Kibana 8.17.2 in space soc`: what is said of it behind Elasticsearch. */
function kibanaText(kibana: Kibana | undefined): string {
  if (kibana === undefined) return '';
  return `, Kibana ${kibana.version}${kibana.space === defaultSpace ? '' : ` in space ${kibana.space}`}`;
}
