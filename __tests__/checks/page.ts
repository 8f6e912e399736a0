/** A line or a block of an example, in order of appearance. */
export interface Step {
  readonly word: string;
  /** The text behind the colon, as written. */
  readonly text: string;
  /** What stands in backticks in it, or the block's text. */
  readonly codes: readonly string[];
}

/** One bundle of a page. */
export interface Example {
  readonly section: 'Fails' | 'Passes';
  /** Heading, or '' where the section has one example only. */
  readonly title: string;
  readonly steps: readonly Step[];
}

/** A page of `docs/checks`, taken apart. */
export interface Page {
  readonly id: string;
  readonly severity: string;
  /** First paragraph. */
  readonly title: string;
  readonly sections: readonly string[];
  readonly examples: readonly Example[];
}

const words = new Set([
  ...[
    'Patch',
    'Replace',
    'Copy',
    'Remove',
    'Base',
    'Name',
    'As',
    'Top folder',
    'File',
    'Limit',
    'Today',
    'Store',
    'Fork',
  ],
  ...['Place', 'Says', 'Severity', 'Also'],
]);

interface Draft {
  section: Example['section'];
  title: string;
  steps: Step[];
}

/** Reads a page by the grammar of `docs/checks/README.md`; what it does not know is an error. */
export function parsePage(text: string): Page {
  const lines = text.split('\n');
  const heading = /^# ([a-z0-9-]+) · (error|warning|note)$/.exec(lines[0] ?? '');
  if (heading === null) throw new Error(`The first line is not "# <id> · <severity>": ${lines[0]}`);
  const sections: string[] = [];
  const examples: Draft[] = [];
  for (let index = 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const fence = /^(`{3,})(.*)$/.exec(line);
    const current = examples.at(-1);
    if (fence !== null) {
      const end = lines.indexOf(fence[1] ?? '', index + 1);
      if (end < 0) throw new Error(`A block that starts in line ${index + 1} does not end.`);
      const file = (fence[2] ?? '').split(' ')[1];
      if (current !== undefined && file !== undefined) {
        const block = lines.slice(index + 1, end).map((each) => `${each}\n`);
        current.steps.push({ word: 'Block', text: file, codes: [block.join('')] });
      }
      index = end;
    } else if (line.startsWith('## ')) {
      const section = line.slice(3);
      sections.push(section);
      if (section === 'Fails' || section === 'Passes') examples.push({ section, title: '', steps: [] });
    } else if (line.startsWith('### ') && current !== undefined) {
      if (current.title === '' && current.steps.length === 0) current.title = line.slice(4);
      else examples.push({ section: current.section, title: line.slice(4), steps: [] });
    } else if (line.startsWith('- ') && current !== undefined) {
      current.steps.push(directive(line, index + 1));
    }
  }
  return { id: heading[1] ?? '', severity: heading[2] ?? '', title: lines[2] ?? '', sections, examples };
}

function directive(line: string, number: number): Step {
  const [, word = '', text = ''] = /^- ([A-Z][a-z ]*): (.+)$/.exec(line) ?? [];
  if (!words.has(word)) throw new Error(`Line ${number} starts with no word of the grammar: ${line}`);
  return { word, text, codes: [...text.matchAll(/(`+)(.+?)\1(?!`)/g)].map((match) => match[2] ?? '') };
}
