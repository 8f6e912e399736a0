import { member } from '../../domain/document.ts';
import { defineCheck } from '../check.ts';
import { cut } from '../datum.ts';
import { eachDocument } from '../each-document.ts';
import { isJobType, jobTypes } from '../job-types.ts';
import { nearest } from '../near.ts';

const allowed = jobTypes.map((type) => `\`${type}\``).join(', ');

/** The type chooses the API that the body is sent to (elastic.md §2.4); anything else reaches none. */
export const mlJobBadType = defineCheck({
  id: 'ml-job-bad-type',
  severity: 'error',
  scan: true,
  title: "A job's type is none that can be uploaded",
  help: `Use one of ${allowed}.`,
  run: (context) =>
    eachDocument(context, 'elastic-job', function* ({ value, at }) {
      const type = member(value, 'type');
      if (typeof type !== 'string' || isJobType(type)) return;
      const near = nearest(type, jobTypes);
      yield {
        message: `The job type \`${cut(type)}\` is not known: a type is one of ${allowed}.`,
        ...(near === undefined ? {} : { help: `Did you mean \`${near}\`?` }),
        at: at('/type'),
      };
    }),
});
