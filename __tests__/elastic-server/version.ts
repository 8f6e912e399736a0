/** What a version of Elasticsearch does differently, as far as a deployment meets it. */
export interface ServerVersion {
  readonly number: string;
  /** Says of itself that it is OpenSearch, and has none of the addresses of Elastic's own part. */
  readonly opensearch: boolean;
  /** `X-elastic-product` in every answer, from 7.14 on. */
  readonly namesProduct: boolean;
  /** `_meta` in pipelines, from 7.15 on (elastic/elasticsearch#75905, #76381). */
  readonly pipelineMeta: boolean;
  /** `if_version` on pipelines, from 7.16 on (elastic/elasticsearch#78551). */
  readonly pipelineIfVersion: boolean;
  /** Pipelines that an index uses stay, from 7.16 on (elastic/elasticsearch#77013, #79353). */
  readonly guardsPipelines: boolean;
  /** `force` on DELETE of a model, from 8.0 on (elastic/elasticsearch#80595). */
  readonly modelForce: boolean;
  /** Refusals name the privileges that would do, from 7.13 on. */
  readonly namesPrivileges: boolean;
  /** A job's deletion takes its stopped datafeed with it, from 7.14 on. */
  readonly deletesDatafeeds: boolean;
  /** `_type` in documents, until 8.0. */
  readonly types: boolean;
  /** An inference processor may do without `inference_config`, from 8.0 on. */
  readonly inferenceConfigOptional: boolean;
}

/** The traits of a version, as `7.10.2`; `opensearch 2.19.1` is what became of that. */
export function serverVersion(text: string): ServerVersion {
  const opensearch = text.startsWith('opensearch ');
  const number = text.replace('opensearch ', '');
  const [major = 0, minor = 0] = (opensearch ? '7.10.2' : number).split('.').map(Number);
  const from = (wantedMajor: number, wantedMinor: number): boolean =>
    major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
  return {
    number,
    opensearch,
    namesProduct: from(7, 14),
    pipelineMeta: from(7, 15),
    pipelineIfVersion: from(7, 16),
    guardsPipelines: from(7, 16),
    modelForce: from(8, 0),
    namesPrivileges: from(7, 13),
    deletesDatafeeds: from(7, 14),
    types: !opensearch && !from(8, 0),
    inferenceConfigOptional: from(8, 0),
  };
}
