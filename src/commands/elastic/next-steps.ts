import type { NextStep } from '../../domain/deployment-report.ts';
import type { Kind } from '../../domain/kind.ts';
import type { DesiredObject } from '../../domain/resource.ts';
import { safe } from '../../domain/safe.ts';
import { attachmentPlace } from '../../resources/elasticsearch/attached-processor.ts';
import { addedFields, isOfDataStream } from './connections.ts';
import { outerOf } from './proof.ts';

/**
 * What is left to do for people once a model is on a target: data goes through its pipeline, indices have its fields,
 * and Kibana knows them.
 * @param desired everything that stands there now
 * @param refreshed whether the fields of a data view were read anew already
 */
export function nextSteps(kind: Kind | undefined, desired: readonly DesiredObject[], refreshed: boolean): NextStep[] {
  const outer = outerOf(desired);
  if (outer === undefined) return [];
  const holders = desired.flatMap(({ type, id }) => {
    const place = type === 'attachment' ? attachmentPlace(id) : undefined;
    return place === undefined ? [] : [place.holder];
  });
  const fields = addedFields(kind, desired);
  return [
    ...beatSteps(kind, outer.id),
    ...(holders.length > 0 ? [] : agentSteps(kind)),
    ...mappingSteps(holders, fields),
    ...(refreshed ? [] : viewSteps(fields)),
  ];
}

function beatSteps(kind: Kind | undefined, id: string): NextStep[] {
  const file = kind?.beat === undefined ? undefined : `${kind.beat}.yml`;
  const text = `Where a Beat brings the data, send it through the pipeline${file === undefined ? '' : `, in ${file}`}`;
  return [{ text, lines: ['output.elasticsearch:', `  pipeline: ${plain(id)}`] }];
}

function agentSteps(kind: Kind | undefined): NextStep[] {
  if (kind?.dataset === undefined) return [];
  return [
    { text: 'Where Elastic Agent brings it, run the same command with', lines: [`--attach ${kind.dataset}@custom`] },
  ];
}

function mappingSteps(holders: readonly string[], fields: readonly (readonly [string, string])[]): NextStep[] {
  if (fields.length === 0) return [];
  const streams = holders
    .filter(isOfDataStream)
    .map((holder) => `POST /${holder.replace(/@custom$/, '-default')}/_rollover`);
  const others = holders.filter((holder) => !isOfDataStream(holder));
  const mapped = fields.map(([field, type]) => `${field}: ${type}`);
  return [
    ...(streams.length === 0
      ? []
      : [
          {
            text: 'The fields are mapped in new indices: roll the data streams over, in each namespace',
            lines: streams,
          },
        ]),
    ...(others.length === 0
      ? []
      : [
          {
            text: `Map these fields for the data of ${others.map((name) => safe(name)).join(', ')}, and roll it over`,
            lines: mapped,
          },
        ]),
  ];
}

function viewSteps(fields: readonly (readonly [string, string])[]): NextStep[] {
  if (fields.length === 0) return [];
  const text = 'When documents carry them, refresh the fields of the data view in Kibana, or run the same command with';
  return [{ text, lines: ['--refresh-data-view <id or title>'] }];
}

/** A text as YAML takes it. */
function plain(id: string): string {
  return /^[A-Za-z][\w.-]*$/.test(id) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(id) ? id : JSON.stringify(id);
}
