/** What the beginning of a token tells of it (docs.github.com, "GitHub's token formats"); never the token itself. */
export interface TokenKind {
  /** Completes "It is …". */
  readonly what: string;
  /** How such a token gets the right to publish. */
  readonly grant: string;
}

/** The text that lets a job publish. */
const jobGrant = [
  'Add to the job that releases:',
  '    permissions:',
  '      contents: write # to publish the release',
].join('\n');

const kinds: readonly (readonly [form: RegExp, kind: TokenKind])[] = [
  [
    /^ghs_/,
    {
      what: 'the token of a job or of an App (ghs_)',
      grant: `${jobGrant}\nAn App needs the repository permission "Contents: Read and write".`,
    },
  ],
  [
    /^github_pat_/,
    {
      what: 'a fine-grained personal access token (github_pat_)',
      grant: 'Give it this repository, and the repository permission "Contents: Read and write".',
    },
  ],
  [
    /^ghp_/,
    {
      what: 'a classic personal access token (ghp_)',
      grant:
        'Give it the scope `repo` (`public_repo` is enough for a public repository); its owner must have write access.',
    },
  ],
  [
    /^gho_/,
    {
      what: 'the token of a person, through an OAuth app such as gh (gho_)',
      grant: 'Run `gh auth refresh --scopes repo`; the person must have write access.',
    },
  ],
  [
    /^ghu_/,
    {
      what: 'the token of a person, through an App (ghu_)',
      grant: 'The App needs the repository permission "Contents: Read and write", and the person write access.',
    },
  ],
  [/^ghr_/, { what: 'a refresh token (ghr_), which no request takes', grant: 'Exchange it for an access token.' }],
];

const unknownKind: TokenKind = { what: 'a token of a kind that its beginning does not tell', grant: jobGrant };

/** Guesses the kind of a token by its beginning. */
export function tokenKind(token: string): TokenKind {
  return kinds.find(([form]) => form.test(token))?.[1] ?? unknownKind;
}

/** What to do without a token. */
export const noTokenHelp = [
  `In a workflow leave the input \`token\` as it is, or pass \`$\{{ github.token }}\`.`,
  jobGrant,
  'On a laptop: GITHUB_TOKEN=$(gh auth token) mldr doctor --store github:owner/repo',
].join('\n');
