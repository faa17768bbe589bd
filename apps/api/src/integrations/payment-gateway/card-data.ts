const hidden = '***';

/** Names, in lower case and without separators, whose values are about a card or its holder, or are secrets. */
const sensitive = new Set([
  'pan',
  'maskedpan',
  'maskedcreditcard',
  'cardnumber',
  'creditcard',
  'cardholdername',
  'cardholder',
  'cardexpiry',
  'expiry',
  'ecompaymentcardexpdatemonth',
  'ecompaymentcardexpdateyear',
  'cv2',
  'cvv',
  'cvv2',
  'cvc',
  'md',
  'cavv',
  'xid',
  'password',
  'storekey',
  'clientsecret',
  'accesstoken',
  'authorization',
]);
const isSensitive = (name: string) => sensitive.has(name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));

const passesLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const weighed = index % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
};

/** A value said to be about a card: only the last four digits of a card number are left. */
const maskValue = (name: string, value: string): string => {
  if (value === '') return '';
  const lastFour = /pan|credit|number/i.test(name) ? /\d{4}$/.exec(value)?.[0] : undefined;
  return lastFour === undefined ? hidden : `${hidden}${lastFour}`;
};

/** In one piece; in the groups printed on cards. Apart, because a neighbouring number in one pattern with blanks would hide a card from Luhn. */
const written = [
  /(?<!\d)\d{15,19}(?!\d)/g,
  /(?<!\d)\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?(?!\d)/g,
  /(?<!\d)\d{4}[ -]\d{6}[ -]\d{5}(?!\d)/g,
];

/** Hides the card numbers of a text: 15 to 19 digits, in one piece or in groups, whose check digit is right. Shorter ones aren't recognised. */
export function maskCardNumbers(text: string): string {
  return written.reduce(
    (masked, pattern) =>
      masked.replaceAll(pattern, (run) => {
        const digits = run.replaceAll(/\D/g, '');
        return passesLuhn(digits) ? `${hidden}${digits.slice(-4)}` : run;
      }),
    text,
  );
}

/** A field's value without card data. Names tell, and the digits do where names don't. */
export const maskField = (name: string, value: string): string =>
  isSensitive(name) ? maskValue(name, value) : maskCardNumbers(value);

/** A JSON value without card data, at any depth down to 20; what is deeper is left out. */
export function maskJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskCardNumbers(value);
  if (typeof value === 'number') return maskCardNumbers(String(value)) === String(value) ? value : hidden;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= 20) return hidden;
  if (Array.isArray(value)) return value.map((item) => maskJson(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      maskCardNumbers(name),
      isSensitive(name)
        ? maskValue(name, typeof inner === 'string' ? inner : hidden)
        : maskJson(inner, depth + 1),
    ]),
  );
}
