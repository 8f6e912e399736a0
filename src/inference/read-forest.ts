import { isArray, isObject, type ObjectValue, step, type Value } from '../domain/document.ts';
import { below } from './double.ts';
import type { Column, Forest } from './forest.ts';
import type { Members } from './members.ts';
import type { Slots } from './slots.ts';

/** One tree of a definition whose structure is sound. */
export interface TreeBody {
  readonly body: ObjectValue;
  readonly pointer: string;
}

const treeKeys = ['feature_names', 'tree_structure', 'target_type', 'classification_labels'];

/** Puts the trees into typed arrays, each from its root on, so that a way down reads forward. */
export function readForest(trees: readonly TreeBody[], slots: Slots, members: Members): Forest {
  const total = trees.reduce((sum, { body }) => sum + nodesOf(body).length, 0);
  const builder = new Builder(total, trees.length, slots, members);
  for (const tree of trees) {
    members.known(tree.body, tree.pointer, treeKeys);
    builder.add(tree);
  }
  return builder.forest();
}

function nodesOf(tree: ObjectValue): readonly Value[] {
  const nodes = tree['tree_structure'];
  return isArray(nodes) ? nodes : [];
}

/** A node that waits for its place: where it stands in its tree, who points at it, and how deep it lies. */
interface Waiting {
  readonly index: number;
  readonly link: (place: number) => void;
  readonly depth: number;
}

class Builder {
  readonly #column: Int32Array;
  readonly #threshold: Float64Array;
  readonly #yes: Int32Array;
  readonly #no: Int32Array;
  readonly #missing: Int32Array;
  readonly #roots: Int32Array;
  readonly #values: number[] = [];
  readonly #columns: Column[] = [];
  readonly #known = new Map<string, number>();
  readonly #splits = new Map<string, number>();
  readonly #slots: Slots;
  readonly #members: Members;
  #used = 0;
  #trees = 0;
  #leaves = 0;
  #depth = 0;
  #highest = 0;
  #notWhole: string | undefined;

  constructor(nodes: number, trees: number, slots: Slots, members: Members) {
    this.#column = new Int32Array(nodes);
    this.#threshold = new Float64Array(nodes);
    this.#yes = new Int32Array(nodes);
    this.#no = new Int32Array(nodes);
    this.#missing = new Int32Array(nodes);
    this.#roots = new Int32Array(trees);
    this.#slots = slots;
    this.#members = members;
  }

  add({ body, pointer }: TreeBody): void {
    const nodes = nodesOf(body);
    const names = this.#members.texts(body, 'feature_names', pointer) ?? [];
    const tree = this.#trees;
    this.#trees += 1;
    const root = (place: number) => {
      this.#roots[tree] = place;
    };
    const waiting: Waiting[] = [{ index: 0, link: root, depth: 0 }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const node = nodes[next.index];
      if (!isObject(node)) continue;
      const place = this.#used;
      this.#used += 1;
      next.link(place);
      if (node['left_child'] === undefined) this.#leaf(place, node, `${pointer}/tree_structure/${next.index}`);
      else this.#split(place, node, names, `${pointer}/tree_structure/${next.index}`, next.depth + 1, waiting);
    }
  }

  #leaf(place: number, node: ObjectValue, pointer: string): void {
    const value = node['leaf_value'];
    const values = isArray(value) ? value.map(Number) : [Number(value)];
    this.#column[place] = -1;
    this.#yes[place] = this.#leaves;
    this.#leaves += 1;
    for (const each of values) {
      this.#values.push(each);
      this.#highest = Math.max(this.#highest, each);
      if (!Number.isInteger(each) || each < 0) this.#notWhole ??= step(pointer, 'leaf_value');
    }
  }

  #split(
    place: number,
    node: ObjectValue,
    names: readonly string[],
    pointer: string,
    depth: number,
    waiting: Waiting[],
  ): void {
    const name = names[Number(node['split_feature'])] ?? '';
    this.#splits.set(name, (this.#splits.get(name) ?? 0) + 1);
    this.#depth = Math.max(this.#depth, depth);
    const { strict, turned } = this.#comparison(node, pointer);
    const given = Number(node['threshold']);
    const threshold = strict ? below(given) : given;
    this.#column[place] = this.#columnOf(name, Object.is(threshold, -0));
    this.#threshold[place] = threshold;
    const [left, right] = turned ? [this.#no, this.#yes] : [this.#yes, this.#no];
    const toLeft = this.#defaultLeft(node, pointer);
    const link = (target: Int32Array, isDefault: boolean) => (child: number) => {
      target[place] = child;
      if (isDefault) this.#missing[place] = child;
    };
    waiting.push({ index: Number(node['right_child']), link: link(right, !toLeft), depth });
    waiting.push({ index: Number(node['left_child']), link: link(left, toLeft), depth });
  }

  /** `lt t` is `lte` of the double below `t`; `gt` and `gte` are the other two turned round. */
  #comparison(node: ObjectValue, pointer: string): { strict: boolean; turned: boolean } {
    const given = node['decision_type'];
    if (given === undefined) return { strict: false, turned: false };
    const type = typeof given === 'string' ? given.trim().toLowerCase() : '';
    if (!['lt', 'lte', 'gt', 'gte'].includes(type)) {
      this.#members.refuse(step(pointer, 'decision_type'), '`decision_type` must be lt, lte, gt or gte.');
    }
    return { strict: type === 'lt' || type === 'gte', turned: type === 'gt' || type === 'gte' };
  }

  #defaultLeft(node: ObjectValue, pointer: string): boolean {
    const given = node['default_left'] ?? false;
    if (typeof given === 'boolean') return given;
    this.#members.refuse(step(pointer, 'default_left'), '`default_left` must be true or false.');
    return false;
  }

  #columnOf(name: string, signed: boolean): number {
    const key = `${signed ? '-' : '+'}${name}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.#columns.length);
    this.#columns.push({ name, signed, slot: this.#slots.of(name) });
    return this.#columns.length - 1;
  }

  forest(): Forest {
    return {
      columns: this.#columns,
      nodes: {
        column: this.#column,
        threshold: this.#threshold,
        yes: this.#yes,
        no: this.#no,
        missing: this.#missing,
        roots: this.#roots,
        values: Float64Array.from(this.#values),
      },
      trees: this.#trees,
      width: this.#leaves === 0 ? 1 : this.#values.length / this.#leaves,
      leaves: this.#leaves,
      depth: this.#depth,
      splits: this.#splits,
      highest: this.#highest,
      ...(this.#notWhole === undefined ? {} : { notWhole: this.#notWhole }),
    };
  }
}
