/** A small detections bundle that passes every check: one rule, its job, and the job's datafeed. */
export function exampleBundle(day: string): [path: string, text: string][] {
  const folder = `bundles/ML-experimental-detections-${day}-1`;
  const job = 'experimental-high-sum-dga-probability';
  return [
    [`${folder}/README.md`, '# Experimental detections\n\nWhat they find, what they need, and who answers for them.\n'],
    [`${folder}/${job}.json`, json(anomalyJob(job))],
    [`${folder}/datafeed-${job}.json`, json(datafeed(job))],
    [`${folder}/${job.replaceAll('-', '_')}.toml`, rule(job, day)],
  ];
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function anomalyJob(name: string) {
  return {
    name,
    type: 'anomaly_detection',
    body: {
      description: 'Hosts whose DNS requests carry an unusually high total DGA probability.',
      groups: ['experimental', 'dns'],
      analysis_config: {
        bucket_span: '15m',
        detectors: [
          { function: 'high_sum', field_name: 'ml_is_dga.malicious_probability', over_field_name: 'source.ip' },
        ],
        influencers: ['source.ip'],
      },
      data_description: { time_field: '@timestamp' },
    },
  };
}

function datafeed(job: string) {
  return {
    name: `datafeed-${job}`,
    type: 'datafeed',
    body: {
      job_id: job,
      indices: ['packetbeat-*', 'logs-network_traffic.dns-*'],
      query: { exists: { field: 'ml_is_dga.malicious_probability' } },
    },
  };
}

function rule(job: string, day: string): string {
  const date = `${day.slice(0, 4)}/${day.slice(4, 6)}/${day.slice(6)}`;
  return `[metadata]
creation_date = "${date}"
updated_date = "${date}"
maturity = "experimental"

[rule]
author = ["Your team"]
name = "Experimental ML: Unusual Total DGA Probability for a Host"
description = "A host asked for many names that the DGA model rates as likely generated."
type = "machine_learning"
rule_id = "5d1f6b0e-2f43-4b1c-9a76-0c1f3a1e7d01"
machine_learning_job_id = "${job}"
anomaly_threshold = 70
from = "now-45m"
interval = "15m"
risk_score = 21
severity = "low"
note = "Start the job \`${job}\` and its datafeed first."
`;
}
