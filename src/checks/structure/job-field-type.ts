import { isObject, member } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { datum } from '../datum.ts';
import { eachDocument } from '../each-document.ts';

/** The wrapper's fields are there and cannot be used: `name` and `type` go into a path, `body` is sent as it is. */
export const jobFieldType = defineCheck({
  id: 'job-field-type',
  severity: 'error',
  scan: true,
  title: "A job file's name, type or body is not of its type",
  help: 'A job file is an object: `name` and `type` are strings, `body` is an object.',
  run: (context) =>
    eachDocument(context, 'elastic-job', function* ({ value, at }) {
      if (!isObject(value)) {
        yield { message: `A job file must be an object, and this is ${datum(value)}.`, at: at('') };
        return;
      }
      for (const field of ['name', 'type'] as const) {
        const found = member(value, field);
        if (found === undefined || typeof found === 'string') continue;
        yield { message: `\`${field}\` must be a string, and is ${datum(found)}.`, at: at(`/${field}`) };
      }
      const body = member(value, 'body');
      if (body === undefined || isObject(body)) return;
      yield { message: `\`body\` must be an object, and is ${datum(body)}.`, at: at('/body') };
    }),
});
