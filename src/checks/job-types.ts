/** Types of a job file: each is a call of the machine-learning API (elastic.md §2.4). */
export const jobTypes = ['anomaly_detection', 'data_frame_analytic', 'datafeed'] as const;

/** One of the three. */
export type JobType = (typeof jobTypes)[number];

/** Whether a value names one of the three. */
export function isJobType(value: unknown): value is JobType {
  return jobTypes.some((type) => type === value);
}

/** Fields of the wrapper `{name, type, body}` (elastic.md §7.3). */
export const jobFields = ['name', 'type', 'body'] as const;
