import { describe, expect, it } from 'vitest';
import { dayOf, isCalendarDay, namesOfFamily, nextName, parseReleaseName } from '../../src/domain/tag.ts';

// Tags that the historic tool left behind (elastic.md §1), the irregular ones among them.
const past = [
  'ML-DGA-20201129-25',
  'ML-experimental-detections-20200506-3',
  'dev7.10-ML-DGA-v0.1.0',
  'ML-DGA-20210601-3',
  'ML-DGA-20260101-1-rc',
  '',
];

describe('parseReleaseName', () => {
  it('reads a name', () => {
    expect(parseReleaseName('ML-experimental-detections-20240229-12')).toEqual({
      name: 'ML-experimental-detections-20240229-12',
      family: 'ML-experimental-detections',
      date: '20240229',
      number: 12n,
    });
  });

  it.each([
    ['ML-DGA-99999999-3', 'calendar'],
    ['ML-DGA-20230229-3', 'calendar'],
    ['ML-DGA-20251332-1', 'calendar'],
    ['ML-DGA-19991231-1', 'calendar'],
    ['ML-DGA-20250101-01', 'number'],
    ['ML-DGA-20250101-0', 'number'],
    ['ML-DGA-20250101-', 'form'],
    ['ML-DGA-20250101', 'form'],
    ['ML-DGA-20260101-1-rc', 'form'],
    ['ml-dga-20250101-1', 'form'],
    ['ML--20250101-1', 'form'],
    ['ML-20250101-20250101-1', 'form'],
    [' ML-DGA-20250101-1', 'form'],
    ['ML-DGA-20250101-1\n', 'form'],
    ['ML-DGA-20250101-1\nother=1', 'form'],
    ['ML-DGA-20250101-1$(id)', 'form'],
    ['ML-DGA-２０２５０１０１-1', 'form'],
    ['ML-DGA-20250101-1234567890123456', 'form'],
    [`ML-${'A-'.repeat(60)}20250101-1`, 'length'],
  ])('%j is none: %s', (text, defect) => {
    expect(parseReleaseName(text)).toBe(defect);
  });
});

describe('isCalendarDay', () => {
  it('agrees with the calendar on every number of eight digits of some years', () => {
    for (const year of [2000, 2024, 2025, 2100]) {
      for (let rest = 0; rest < 1400; rest += 1) {
        const day = `${year}${String(rest).padStart(4, '0')}`;
        const moment = new Date(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`);
        const real = !Number.isNaN(moment.getTime()) && dayOf(moment) === day;
        expect([day, isCalendarDay(day)]).toEqual([day, real]);
      }
    }
  });
});

describe('nextName', () => {
  it('is one more than the highest of the family, whatever else is there', () => {
    // The vector of elastic.md §10.
    expect(nextName('ML-DGA', '20261122', ['ML-experimental-detections-20200506-3'])).toBe('ML-DGA-20261122-1');
    expect(nextName('ML-experimental-detections', '20261122', ['ML-experimental-detections-20200506-3'])).toBe(
      'ML-experimental-detections-20261122-4',
    );
    expect(nextName('ML-DGA', '20261122', past)).toBe('ML-DGA-20261122-26');
  });

  it('counts by number, not by text', () => {
    expect(namesOfFamily('ML-DGA', ['ML-DGA-20260101-10', 'ML-DGA-20260201-9']).map(({ number }) => number)).toEqual([
      9n,
      10n,
    ]);
  });
});
