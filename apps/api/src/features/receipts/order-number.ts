/** An order's number for people: `PN-0000032241`. */
export const orderNumberOf = ({ number }: { readonly number: number }): string =>
  `PN-${String(number).padStart(10, '0')}`;
