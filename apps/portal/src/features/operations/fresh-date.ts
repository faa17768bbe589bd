import { addMonths } from '@rnoce/schemas/casablanca-time';
import { freshMonths } from '@rnoce/schemas/fields';

const nextDay = (isoDate: string): string => {
  const day = new Date(`${isoDate}T00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
};

/** The earliest date that a Modèle J may bear on this day: the limit is counted forwards from its date, so months' ends matter. */
export function oldestFreshDate(today: string): string {
  let oldest = addMonths(today, -freshMonths);
  while (addMonths(oldest, freshMonths) < today) oldest = nextDay(oldest);
  return oldest;
}
