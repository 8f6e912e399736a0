import { isArray, member } from '../../domain/document.ts';
import { safe } from '../../domain/safe.ts';
import { lackingPrivileges, type Need, neededPrivileges, roleOf } from '../../resources/elasticsearch/privileges.ts';
import type { TargetClient } from '../../resources/http/client.ts';
import { type Condition, looked } from '../../stores/preflight.ts';

/** Who asks. */
interface Asker {
  readonly name: string;
  readonly byKey: boolean;
  readonly superuser: boolean;
}

/** Name of the role that is proposed. */
const role = 'ml_detection_release';
/** Where security is off there is nobody to answer; which of these comes depends on the version. */
const nobody = [400, 404, 405, 500, 501];

/** Who asks, and what of what deploying needs he may not do. @param journal whether it is an index of the cluster */
export function accessConditions(client: TargetClient, journal: boolean): Promise<Condition[]> {
  return looked('user', async () => {
    const asker = await whoAsks(client);
    if (asker === undefined) {
      const message = 'Nobody is asked who he is: whoever reaches the server may change everything.';
      return [
        { subject: 'user', state: 'attention', message, help: 'Set `xpack.security.enabled: true` on its nodes.' },
      ];
    }
    const wanted = neededPrivileges(journal);
    const privileges = await looked('privileges', async () => [
      privilegeCondition(await lackingPrivileges(client, wanted), wanted),
    ]);
    return [userCondition(asker, wanted), ...privileges];
  });
}

/** Undefined where security is off. */
async function whoAsks(client: TargetClient): Promise<Asker | undefined> {
  const { status, value } = await client.send({ method: 'GET', path: ['_security', '_authenticate'] }, nobody);
  const name = member(value, 'username');
  if (status >= 400 || typeof name !== 'string' || name === '_anonymous') return undefined;
  const [roles, realm] = [member(value, 'roles'), member(member(value, 'authentication_realm'), 'type')];
  return { name, byKey: realm === '_es_api_key', superuser: isArray(roles) && roles.includes('superuser') };
}

function userCondition({ name, byKey, superuser }: Asker, wanted: readonly Need[]): Condition {
  const [subject, who] = ['user', `\`${safe(name)}\``];
  const message = byKey ? `An API key of ${who}.` : `${who}, by password.`;
  if (!superuser || byKey) return { subject, state: 'good', message };
  return {
    subject,
    state: 'attention',
    message: `${who} may do everything: more than deploying needs.`,
    help: `Make a key for this alone, and set ELASTIC_API_KEY to the \`encoded\` of the answer:\n${keyRequest(wanted)}`,
  };
}

function privilegeCondition(lacking: readonly Need[], wanted: readonly Need[]): Condition {
  const subject = 'privileges';
  if (lacking.length === 0) {
    const message = 'All that deploying needs. Datafeeds and analytics need `read` on their indices besides.';
    return { subject, state: 'good', message };
  }
  const places = new Map(lacking.map(({ on, purpose }) => [`${on} ${purpose}`, { on, purpose }]));
  const named = [...places.values()].map(({ on, purpose }) => {
    const own = lacking.filter((need) => need.on === on && need.purpose === purpose);
    const words = own.map(({ privilege }) => `\`${privilege}\``).join(', ');
    return `${words}${on === undefined ? '' : ` on \`${on}\``} (${purpose})`;
  });
  const message = `Missing: ${named.join('; ')}.`;
  const help = [
    'Have the role made that has them, and give it to the user; without scripts to deploy, leave `manage` out:',
    `    PUT /_security/role/${role}`,
    ...roleLines(wanted, '    '),
    'Or a key with it, for ELASTIC_API_KEY; it may do only what its owner may:',
    keyRequest(wanted),
  ].join('\n');
  return { subject, state: 'missing', code: 'target-forbidden', message, help };
}

function keyRequest(wanted: readonly Need[]): string {
  const [first = '', ...rest] = roleLines(wanted, '    ');
  const opened = `    {"name": "ml-detection-release", "role_descriptors": {"${role}": ${first.trim()}`;
  return ['    POST /_security/api_key', opened, ...rest.slice(0, -1), '    }}}'].join('\n');
}

/** A role as text to add: JSON with a line for each list. */
function roleLines(wanted: readonly Need[], indent: string): string[] {
  const { cluster, indices } = roleOf(wanted);
  const list = (words: readonly string[]): string => `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
  const rows = indices.map(({ names, privileges }) => `{"names": ${list(names)}, "privileges": ${list(privileges)}}`);
  const lines = [
    '{',
    `  "cluster": ${list(cluster)},`,
    '  "indices": [',
    ...rows.map((row, index) => `    ${row}${index < rows.length - 1 ? ',' : ''}`),
    '  ]',
    '}',
  ];
  return lines.map((line) => `${indent}${line}`);
}
