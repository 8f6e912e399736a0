/** What a table of checks knows of one of them; given from outside, since reporters do not know the checks. */
interface CheckText {
  /** One line: what is wrong when the check reports. */
  readonly title: string;
  /** What to do. */
  readonly help: string;
}

/** Where the lines of the source stand on a forge. Every part is checked before a link is built of it. */
export interface Links {
  /** `https://github.com`, or the address of another server. */
  readonly server: string;
  /** `owner/name`. */
  readonly repository: string;
  /** Full hexadecimal id. */
  readonly commit: string;
}

/** All that a reporter may be told besides the report; each of them uses what it needs. */
export interface RenderOptions {
  /** Whether SGR colour codes may stand in the text (terminal only); off unless said. */
  readonly colour?: boolean | undefined;
  /** Width of the terminal in characters; 120 unless said. */
  readonly columns?: number | undefined;
  /** Findings and answers only (terminal). */
  readonly quiet?: boolean | undefined;
  /** The reader saw findings and plan before they were asked: what became of it is left to say (terminal). */
  readonly told?: boolean | undefined;
  /** The most bytes of UTF-8 that a summary or a Markdown report may take. */
  readonly limit?: number | undefined;
  readonly links?: Links | undefined;
  /** Absolute path of the checked-out repository: places are told relative to it. */
  readonly workspace?: string | undefined;
  /** By id, for the rules of SARIF. */
  readonly checks?: ReadonlyMap<string, CheckText> | undefined;
}
