/**
 * Types of saved objects that a bundle may bring, and why each is harmless (security.md A24). What they hold of programs
 * is `search-script-not-known`'s matter, what they point at `reference-unresolved`'s.
 */
export const allowedSavedObjects: Readonly<Record<string, string>> = {
  dashboard: 'shows other objects side by side',
  'index-pattern': 'a data view: names indices and how fields are shown',
  lens: 'draws the result of a search',
  links: 'links between dashboards',
  map: 'draws documents on a map',
  search: 'lists documents',
  tag: 'a word by which objects are found',
  visualization: 'draws the result of a search; those that hold a program are refused',
};

/** Types that are refused for what they do, and that exports hold. */
export const refusedSavedObjects: Readonly<Record<string, string>> = {
  action: 'a connector sends what it is given to another server',
  alert: 'a rule runs with the rights of whoever imports it; detection rules are files of their own',
  'canvas-workpad': 'a workpad holds expressions, which may fetch from other servers',
  config: 'settings of Kibana, for everybody in the space',
  'exception-list': 'exceptions keep rules of others silent',
  'exception-list-agnostic': 'exceptions keep rules of others silent',
  'ml-job': 'jobs are files of their own',
  query: 'a saved query is offered to everybody, in every application',
  'security-rule': 'detection rules are files of their own',
  url: 'a short address leads wherever it says',
};

/** Sorts of a visualization that hold a program, and may fetch from other servers. */
export const programmedVisualizations: readonly string[] = ['vega', 'timelion'];
