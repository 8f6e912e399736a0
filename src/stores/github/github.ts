import { randomBytes } from 'node:crypto';
import { openDrafts, requireSealed } from '../open-drafts.ts';
import type { Preflight } from '../preflight.ts';
import type { Draft, DraftRequest, ReleaseDetails, ReleaseStore } from '../store.ts';
import { parseAddress } from './address.ts';
import { takeName } from './claim.ts';
import { openClient } from './client.ts';
import { type Clock, defaultPatience, hurriedPatience, type Patience, systemClock } from './clock.ts';
import { connect } from './connection.ts';
import { discardLeftover, listLeftovers } from './leftovers.ts';
import { markerOf } from './marker.ts';
import { requireNames } from './names.ts';
import { abandonDraft, type OpenDraft, openDraft, putAsset, sealDraft } from './open-draft.ts';
import { probe } from './preflight.ts';
import { detailsOf, leave, type MakeLatest, publish, type Sealed } from './publication.ts';
import { listClaims, listLeftBy, listReleases, openReader } from './reading.ts';
import { publishedUnder } from './remote.ts';
import { fileOfDefaultBranch } from './settings.ts';
import { toolCache } from './tool-cache.ts';

/** What a GitHub store takes besides its address. */
export interface GitHubStoreOptions {
  /** Base of the API (`GITHUB_API_URL`); by default github.com's. */
  readonly apiUrl?: string;
  /** Without one only what is public is read. */
  readonly token?: string;
  /** The tag that started this run, where one did: it must stand on the commit, and is neither made nor deleted. */
  readonly givenTag?: string;
  /** By default `false`: a bundle does not take the badge of the repository's own releases. */
  readonly makeLatest?: MakeLatest;
  readonly clock?: Clock;
  /** For who can do without an answer: little is waited for, and little is tried again. */
  readonly hurried?: boolean;
  readonly patience?: Partial<Patience>;
  /** Keeps what is read in the runner's tool cache: a folder for files on their way there. Not for publishing. */
  readonly toolCache?: string;
  /** Told `owner/name` once, where the repository is called otherwise now. */
  readonly onMoved?: (name: string) => void;
}

/**
 * Opens the releases of a repository as a store. Asks nothing yet.
 * @param address `github:owner/repo`
 * @throws Failure `store-unsupported`
 */
export function openGitHubStore(address: string, options: GitHubStoreOptions = {}): ReleaseStore & Preflight {
  const repository = parseAddress(address);
  const { apiUrl = 'https://api.github.com', token, givenTag, makeLatest = 'false', clock = systemClock } = options;
  const patience = { ...(options.hurried === true ? hurriedPatience : defaultPatience), ...options.patience };
  const connection = connect(apiUrl.replace(/\/+$/, ''), token === '' ? undefined : token, patience.request);
  const client = openClient(connection, repository, clock, patience, options.onMoved);
  // Who asks what is in the way wants to hear it now.
  const asking = openClient(connection, repository, clock, {
    ...patience,
    tries: Math.min(patience.tries, 2),
    longestPause: 2000,
  });
  const drafts = openDrafts<OpenDraft>();
  const nonce = randomBytes(8).toString('hex');

  async function begin(request: DraftRequest): Promise<Draft> {
    requireNames(request.name, request.run);
    const held = await takeName({ client, address, givenTag, nonce }, request);
    const open = await openDraft(client, request, held);
    drafts.set(open);
    const present = new Map([...open.assets].map(([name, { sha256 = '' }]) => [name, sha256]));
    const { published } = held;
    return { name: request.name, run: request.run, present, ...(published === undefined ? {} : { published }) };
  }

  async function commit(draft: Draft): Promise<ReleaseDetails> {
    if (drafts.find(draft) === undefined) {
      // A second call finds it done, whoever makes it for this run.
      const release = await publishedUnder(client, draft.name);
      if (release !== undefined && markerOf(release.body)?.run === draft.run) return await detailsOf(client, release);
    }
    const details = await publish(client, sealedOf(drafts.require(draft)), makeLatest, address);
    drafts.close(draft);
    return details;
  }

  async function abandon(draft: Draft): Promise<boolean> {
    const open = drafts.find(draft);
    if (open === undefined) return false;
    const removed = await abandonDraft(client, open);
    drafts.close(draft);
    return removed;
  }

  return {
    address,
    list: () => listReleases(client),
    claims: () => listClaims(client),
    leftBy: (run) => listLeftBy(client, run),
    ...openReader(client, options.toolCache === undefined ? undefined : toolCache(options.toolCache)),
    begin,
    put: async (draft, asset, last = false) => {
      await putAsset(client, drafts.require(draft), asset, last);
    },
    seal: async (draft, expected) => {
      await sealDraft(client, drafts.require(draft), expected);
    },
    commit,
    leave: (draft) => leave(client, sealedOf(drafts.require(draft)), address),
    abandon,
    settings: (file) => fileOfDefaultBranch(client, file),
    probe: (intent) => probe({ client: asking, token: token || undefined, tagGiven: givenTag !== undefined }, intent),
    leftovers: () => listLeftovers(asking),
    discard: ({ name, run }) => discardLeftover(client, name, run),
  };
}

function sealedOf(open: OpenDraft): Sealed {
  const { request, held } = open;
  return { name: request.name, owner: held.owner, id: held.draft.id, commit: held.commit, assets: requireSealed(open) };
}
