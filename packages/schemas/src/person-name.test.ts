import { expect, it } from 'vitest';
import { isPersonName } from './person-name.ts';

it.each([
  'Ste IMP SARL',
  'STE IMP',
  'Sté Al Amal',
  'Société Générale de Négoce',
  'Primeurs du Haouz SARL',
  'Primeurs du Haouz S.A.R.L.',
  'Primeurs du Haouz S.A.R.L AU',
  'TRANSIT BOUREGREG SA',
  'Transit Bouregreg S.A.',
  'SNC Alami et fils',
  'Ocean Trading Ltd',
  'Coopérative Tighanimine',
  'شركة النخيل',
  'النخيل ش.م.م',
  'شـركة النخيل',
])('« %s » is a company', (name) => expect(isPersonName(name)).toBe(false));

it.each([
  'Ahmed Benali',
  'M. A. Benali',
  'BENALI AHMED',
  'Maria Sá',
  'Jan Sas',
  'Sara El Fassi',
  'Ets Ahmed Benali',
  'Ahmed Benali Import Export',
  'محمد بن علي',
  'Sarlane Idriss',
  'Ahmed SA Benali',
  'Inconnu',
  '',
  '…',
])('« %s » is masked', (name) => expect(isPersonName(name)).toBe(true));
