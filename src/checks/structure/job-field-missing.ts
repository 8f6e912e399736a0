import { isObject, member } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { eachDocument } from '../each-document.ts';
import { jobFields, jobTypes } from '../job-types.ts';
import { nearest } from '../near.ts';

const meanings = {
  name: 'the id that the job gets in Elasticsearch',
  type: jobTypes.map((type) => `\`${type}\``).join(', '),
  body: 'the job as the API takes it',
} as const;

/** A job file is `{name, type, body}`: without one of them nothing can be uploaded (elastic.md §2.4, §7.3). */
export const jobFieldMissing = defineCheck({
  id: 'job-field-missing',
  severity: 'error',
  title: 'A job file lacks its name, type or body',
  help: 'A job file is `{"name": …, "type": …, "body": {…}}`: add the field.',
  run: (context) =>
    eachDocument(context, 'elastic-job', function* ({ value, at }) {
      if (!isObject(value)) return;
      for (const field of jobFields.filter((name) => member(value, name) === undefined)) {
        const others = Object.keys(value).filter((key) => !jobFields.some((name) => name === key));
        const near = nearest(field, others);
        yield {
          message: `The job has no \`${field}\` (${meanings[field]}).`,
          ...(near === undefined ? {} : { help: `Is \`${near}\` meant? Call it \`${field}\`.` }),
          at: at(''),
        };
      }
    }),
});
