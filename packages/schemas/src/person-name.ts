/** Whether a client's name is a natural person's, without zod. Law 09-08: a person's name isn't shown to whoever types four characters. */

/** Words that only a company's or an institution's name has, without case and accents. */
const companyWords = new Set([
  'SARL',
  'SARLAU',
  'SASU',
  'EURL',
  'STE',
  'SOCIETE',
  'COMPAGNIE',
  'COOPERATIVE',
  'ASSOCIATION',
  'FONDATION',
  'HOLDING',
  'BANQUE',
  'LTD',
  'LIMITED',
  'LLC',
  'INC',
  'CORP',
  'CORPORATION',
  'COMPANY',
  'GMBH',
  'PLC',
  'شركة',
  'الشركة',
  'تعاونية',
  'جمعية',
  'شذمم',
  'شمم',
]);

/** Legal forms that are also family names (« Sá », « Sas »): a form only in capitals, without accents, at the start or the end. */
const shortForms = new Set(['SA', 'SAS', 'SNC', 'SCS', 'SCA', 'SCI', 'GIE', 'SRL', 'SPA', 'BV', 'NV']);

const wordsOf = (name: string): string[] =>
  name
    .normalize('NFKC')
    // « S.A.R.L. », « ش.م.م »: one word.
    .replaceAll(/(?<=(?<!\p{L})\p{L})\.\s?(?=\p{L}(?:\.|(?!\p{L})))/gu, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');

const plain = (word: string): string =>
  word
    .normalize('NFKD')
    .replaceAll(/[\p{M}\u0640]/gu, '')
    .toUpperCase();

/**
 * Whether a name is to be treated as a natural person's: it has no word that only a company has. It errs on masking: a company without its
 * legal form is masked, and so is one who trades under « Ets », « Transport » or « Import-Export » with their own name. An issuer who knows
 * better says `clientKind`.
 */
export function isPersonName(name: string): boolean {
  const words = wordsOf(name);
  if (words.some((word) => companyWords.has(plain(word)))) return false;
  return ![words.at(0), words.at(-1)].some((word) => word !== undefined && shortForms.has(word));
}
