import { modelCard } from '../../inference/card.ts';
import type { CommandResult } from '../../result.ts';
import type { Session } from '../../session.ts';
import { cardFact, cardLines } from './card-text.ts';
import { loadModel } from './load.ts';

/** The card of a model: what it is, what it looks at, and what to know before relying on it. */
export async function inspect(session: Session): Promise<CommandResult> {
  const loaded = await loadModel(session);
  if ('answer' in loaded) return loaded.answer;
  const { entry, model } = loaded.model;
  const card = modelCard(model);
  const fact = cardFact(card, entry);
  return { subjects: [], result: fact.data, text: cardLines(card, entry), facts: [fact] };
}
