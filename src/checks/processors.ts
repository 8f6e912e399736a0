/**
 * Ingest processors that a bundle may use, and why each is harmless (security.md A22). Where they write is
 * `pipeline-routing`'s matter. What stands neither here nor below is refused too: nobody has looked at it.
 */
export const allowedProcessors: Readonly<Record<string, string>> = {
  append: 'adds values to a field that the pipeline names',
  bytes: 'turns a size into a number',
  community_id: 'makes a hash of the addresses and ports of a flow',
  convert: 'changes the type of a value',
  date: 'reads a date',
  enrich: 'copies fields by an enrich policy of the same bundle',
  fingerprint: 'makes a hash of fields',
  foreach: 'applies one processor to each element; that one is looked at itself',
  html_strip: 'removes tags from a text',
  inference: 'asks a model; `pipeline-unknown-model` says which',
  join: 'joins an array to a text',
  json: 'reads a text as JSON into one field',
  lowercase: 'changes the case of a text',
  network_direction: 'compares addresses with networks that the pipeline names',
  pipeline: 'calls a pipeline of the same bundle',
  registered_domain: 'takes a domain apart',
  remove: 'removes fields that the pipeline names',
  rename: 'renames a field',
  script: 'runs a program; `pipeline-script-not-known` says which',
  set: 'sets a field that the pipeline names',
  sort: 'sorts an array',
  trim: 'removes blanks around a text',
  uppercase: 'changes the case of a text',
  uri_parts: 'takes an address apart',
  urldecode: 'decodes a text',
};

/** Processors that are refused for what they do, and that people ask for. */
export const refusedProcessors: Readonly<Record<string, string>> = {
  attachment: 'opens documents of many formats with a parser that hostile ones are made for',
  csv: 'names the fields that it writes in a list of its own',
  date_index_name: 'sends documents to another index',
  dissect: 'names the fields that it writes inside its pattern, or lets the document name them',
  dot_expander: 'writes to fields that the document names, `_index` among them',
  drop: 'makes documents disappear without a trace',
  fail: 'makes the server refuse documents, which shippers then drop',
  grok: 'names the fields that it writes inside its pattern',
  gsub: 'runs a regular expression that nothing bounds',
  kv: 'writes to fields that the document names, `_index` among them',
  redact: 'removes from documents what its patterns match',
  reroute: 'sends documents to another index',
  set_security_user: 'copies who is signed in into the document',
  split: 'runs a regular expression that nothing bounds',
  terminate: 'ends a pipeline before the processors that follow',
};
