import { member, type Value } from '../../domain/document.ts';
import { eachProcessor } from '../../domain/processor.ts';
import type { ScriptText } from '../../domain/script.ts';
import { scriptTexts } from './script-text.ts';

/** The programs of an ingest pipeline: its `script` processors, and the conditions of all. */
export function pipelineScripts(pipeline: Value): ScriptText[] {
  return eachProcessor(pipeline).flatMap(({ type, body, pointer }) => {
    const condition = member(body, 'if');
    return [
      ...(type === 'script' ? scriptTexts(body, pointer, 'program') : []),
      ...(condition === undefined ? [] : scriptTexts(condition, `${pointer}/if`, 'condition')),
    ];
  });
}

/** The program of a stored script, `{"script": {"lang", "source"}}`. */
export function storedScripts(value: Value): ScriptText[] {
  const script = member(value, 'script');
  // What has no source at all runs nothing: `script-malformed` says so.
  return script === undefined
    ? []
    : scriptTexts(script, '/script', 'program').filter(
        ({ pointer }) => pointer !== '/script' || typeof script === 'string',
      );
}
