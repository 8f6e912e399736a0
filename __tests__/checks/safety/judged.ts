import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import type { CheckContext, CheckFinding } from '../../../src/checks/check.ts';
import { checks } from '../../../src/checks/registry.ts';
import type { Value } from '../../../src/domain/document.ts';
import type { FormatId } from '../../../src/domain/kind.ts';
import { defaultLimits } from '../../../src/domain/limits.ts';
import type { Space } from '../../../src/domain/reference.ts';
import type { ApprovedScript } from '../../../src/domain/script.ts';
import { formats } from '../../../src/formats/formats.ts';
import { bundleOf, fileOf } from '../structure/looked-at.ts';

/** Ids of the checks in `src/checks/safety`. */
export const safetyIds = readdirSync('src/checks/safety').map((file) => basename(file, '.ts'));

/** What the safety checks say of one file of a format, in a bundle that could bring whatever it names. */
export function judged(
  format: FormatId,
  value: Value,
  approvedScripts: readonly ApprovedScript[] = [],
  definable: readonly Space[] = ['model', 'script', 'pipeline', 'enrich-policy'],
): (CheckFinding & { readonly check: string })[] {
  const { references, scripts } = formats[format];
  const bundle = bundleOf(format, [fileOf(value, { scripts: scripts?.(value) ?? [] })]);
  const graph = {
    ...bundle.graph,
    references: references?.(value, 'file.json') ?? [],
    definable,
  };
  const context: CheckContext = {
    bundle: { ...bundle, graph },
    limits: defaultLimits,
    now: new Date('2026-11-22T12:00:00Z'),
    approvedScripts,
  };
  return safetyIds.flatMap((id) => {
    const check = checks.find((each) => each.id === id);
    if (check?.run === undefined) throw new Error(`There is no check ${id} that runs.`);
    return [...check.run(context)].flatMap((result) => ('skipped' in result ? [] : [{ ...result, check: id }]));
  });
}

/** The same, as `check pointer`. */
export function told(format: FormatId, value: Value): string[] {
  return judged(format, value).map(({ check, at }) => `${check} ${at?.pointer ?? 'file'}`);
}

/** Of one processor, wherever it stands in a pipeline: the checks alone, each once. */
export function ofProcessor(processor: Value): string[][] {
  const places: Value[] = [
    { processors: [processor] },
    { processors: [{ set: { field: 'x', value: 1, on_failure: [processor] } }] },
    { processors: [{ set: { field: 'x', value: 1 } }], on_failure: [processor] },
    { processors: [{ foreach: { field: 'x', processor } }] },
    { processors: [{ foreach: { field: 'x', processor: [processor] } }], on_failure: processor },
    { processors: processor },
    { processors: [[[processor]]] },
    {
      processors: [],
      on_failure: [
        {
          foreach: {
            field: 'x',
            processor: { foreach: { field: 'y', processor, on_failure: [{ set: { field: 'z' } }] } },
          },
        },
      ],
    },
  ];
  return places.map((place) => [...new Set(judged('elastic-pipeline', place).map(({ check }) => check))]);
}
