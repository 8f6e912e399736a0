import { isObject, member } from '../../domain/document.ts';
import { validateJobAnomalyDetection } from '../../schemas/generated/job-anomaly-detection.js';
import { validateJobDataFrameAnalytic } from '../../schemas/generated/job-data-frame-analytic.js';
import { validateJobDatafeed } from '../../schemas/generated/job-datafeed.js';
import { defineCheck } from '../check.ts';
import { eachDocument } from '../each-document.ts';
import { isJobType } from '../job-types.ts';
import { schemaFindings } from '../schema-findings.ts';

const validators = {
  anomaly_detection: validateJobAnomalyDetection,
  data_frame_analytic: validateJobDataFrameAnalytic,
  datafeed: validateJobDatafeed,
} as const;

/** The body lacks what Elasticsearch asks for on create (elastic.md §6.1); a newer server may ask for less. */
export const jobBodyIncomplete = defineCheck({
  id: 'job-body-incomplete',
  severity: 'warning',
  title: 'The body of a job lacks a field that Elasticsearch requires',
  help: 'Add it. The schemas are src/schemas/job-*.json.',
  run: (context) =>
    eachDocument(context, 'elastic-job', function* ({ value, at }) {
      const type = member(value, 'type');
      const body = member(value, 'body');
      if (!isJobType(type) || !isObject(body)) return;
      for (const { pointer, defect } of schemaFindings(validators[type](body))) {
        yield { message: `\`body${pointer}\` of this ${type} ${defect}.`, at: at(`/body${pointer}`) };
      }
    }),
});
