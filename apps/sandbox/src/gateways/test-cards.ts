/** CMI's public test cards. The sandbox takes these only, so that nobody types a real card into it. */
export const testCards: Record<string, { brand: string; mdStatus: string; authentication?: string }> = {
  '4000000000000010': { brand: 'Visa', mdStatus: '1' },
  '5191630100004896': { brand: 'Mastercard', mdStatus: '1', authentication: '123' },
  '5453010000066100': { brand: 'Mastercard', mdStatus: '2' },
};
export const usualTestCard = '4000000000000010';

/** `04/31` after the present month. */
function isLater(expiry: string, now: Date): boolean {
  const [, month, year] = /^(0[1-9]|1[0-2])\/(\d{2})$/.exec(expiry) ?? [];
  if (month === undefined || year === undefined) return false;
  return Number(`20${year}${month}`) >= now.getUTCFullYear() * 100 + now.getUTCMonth() + 1;
}

/** Why a card can't be used, in French; undefined when it can. The number is not repeated, nor kept. */
export function cardFault(
  card: { number: string; expiry: string; cvv: string; authentication: string },
  now: Date,
): string | undefined {
  const known = testCards[card.number.replaceAll(/[ -]/g, '')];
  if (!known) return 'Ce n’est pas une carte d’essai. N’entrez jamais une vraie carte ici.';
  if (!isLater(card.expiry, now)) return 'La date d’expiration est passée, ou n’est pas au format MM/AA.';
  if (card.cvv !== '000') return 'Le CVV des cartes d’essai est 000.';
  if (known.authentication !== undefined && card.authentication !== known.authentication)
    return `Le code d’authentification de cette carte est ${known.authentication}.`;
  return undefined;
}
