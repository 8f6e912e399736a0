/** What a bundle may take of a machine. Bytes, counts and depths; sources: security.md §3.2. */
export interface Limits {
  /** Size of an archive file. */
  readonly archiveBytes: number;
  /** Content of all entries together. */
  readonly expandedBytes: number;
  /** Content of one entry. */
  readonly entryBytes: number;
  /** Content bytes per archive byte of an entry, counted past 1 MiB of content. */
  readonly ratio: number;
  readonly entries: number;
  readonly pathBytes: number;
  readonly partBytes: number;
  readonly pathDepth: number;
  readonly jsonDepth: number;
  readonly modelDepth: number;
  readonly tomlBytes: number;
  readonly tomlDepth: number;
  /** Request body that a stack takes by default (`http.max_content_length`): above it, a warning. */
  readonly modelBytes: number;
  /** Memory that a job may ask of a node (`model_memory_limit`): above it, a warning. */
  readonly jobMemoryBytes: number;
}

const kib = 1024;
const mib = 1024 * kib;
const gib = 1024 * mib;

export const defaultLimits: Limits = {
  archiveBytes: 512 * mib,
  expandedBytes: 2 * gib,
  entryBytes: gib,
  ratio: 200,
  entries: 1000,
  pathBytes: 1024,
  partBytes: 255,
  pathDepth: 8,
  jsonDepth: 64,
  modelDepth: 256,
  tomlBytes: 256 * kib,
  tomlDepth: 16,
  modelBytes: 100 * mib,
  // Four times what Elasticsearch gives a job that asks for nothing.
  jobMemoryBytes: 4 * gib,
};

/** No configuration lifts a limit above these. */
export const limitCeilings: Limits = {
  archiveBytes: 2 * gib - 1,
  expandedBytes: 16 * gib,
  entryBytes: 8 * gib,
  ratio: 1000,
  entries: 10_000,
  pathBytes: 4096,
  partBytes: 255,
  pathDepth: 32,
  jsonDepth: 512,
  modelDepth: 1024,
  tomlBytes: 4 * mib,
  tomlDepth: 64,
  modelBytes: 2 * gib - 1,
  jobMemoryBytes: 512 * gib,
};
