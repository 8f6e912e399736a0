import { member } from '../../domain/document.ts';
import { definitions } from '../../domain/reference.ts';
import { defineCheck } from '../check.ts';
import { cut, datum } from '../datum.ts';
import { eachDocument } from '../each-document.ts';
import { idDefect, idGrammar } from '../elastic-id.ts';
import { transformDefects } from '../transform-shape.ts';

/** The body of `PUT _transform/<id>` (elastic.md §2.5), under an id that transforms take. */
export const transformMalformed = defineCheck({
  id: 'transform-malformed',
  severity: 'error',
  title: 'A transform file is no transform',
  help: 'A transform has `source.index`, `dest.index`, and `pivot` (`group_by`, `aggregations`) or `latest` (`unique_key`, `sort`).',
  run: (context) =>
    eachDocument(context, 'elastic-transform', function* ({ entry, value, at }) {
      for (const { pointer, message } of transformDefects(value)) yield { message, at: at(pointer) };
      const index = member(member(value, 'dest'), 'index');
      if (index !== undefined && typeof index !== 'string') {
        yield { message: `\`dest.index\` must be a text, and is ${datum(index)}.`, at: at('/dest/index') };
      }
      for (const { id } of definitions(context.bundle.graph.references, 'transform').filter(
        (defined) => defined.at.file === entry.path,
      )) {
        const defect = idDefect(id);
        if (defect === undefined) continue;
        const message = `The file name gives the transform id \`${cut(id)}\`, which Elasticsearch refuses: ${defect}.`;
        yield { message: `${message} ${idGrammar}`, help: 'Rename the file.', at: { file: entry.path } };
      }
    }),
});
