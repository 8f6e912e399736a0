/**
 * Runs after the job, also after one that was cancelled: names a draft or claim that this run left behind. It never
 * fails a job, and looks at nothing where the step itself came to its end.
 */
async function main(): Promise<void> {
  if (process.env['STATE_ended'] === 'true') return;
  const { leftBehind } = await import('./action-leftovers.ts');
  process.stdout.write(await leftBehind(process.env));
}

main().catch(async (error: unknown) => {
  const { failureLines } = await import('./log.ts');
  process.stdout.write(`${failureLines(error).join('\n')}\n`);
});
