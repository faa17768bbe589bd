import fc from 'fast-check';
import { expect, it } from 'vitest';
import { publicName } from './public-name.ts';

const masked = (clientName: string) => publicName({ clientName, clientIsPerson: true });

it.each([
  ['Ahmed Benali', 'A••• B•••'],
  ['M. Ahmed  Benali', 'M. A••• B•••'],
  ['Mme', 'M•••'],
  ['AE180358', 'A•••'],
  ['0661767620', '•••'],
  ['(Ahmed) el-Fassi', 'A••• e•••'],
  ['محمد بن علي', 'م••• ب••• ع•••'],
])('« %s » is shown as « %s »', (name, shown) => expect(masked(name)).toBe(shown));

it("leaves a company's name as it is", () =>
  expect(publicName({ clientName: 'Ste IMP SARL', clientIsPerson: false })).toBe('Ste IMP SARL'));

it('never shows two characters of one word, but of a title', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
      for (const word of masked(`x ${name}`).split(' '))
        expect(Array.from(word).length).toBeLessThanOrEqual(4);
    }),
  );
});
