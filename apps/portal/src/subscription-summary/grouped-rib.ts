/** A RIB as banks print it: bank, town, account, key (`011 780 0000123456789012 34`). What isn't 24 digits stays as it is. */
export const groupedRib = (rib: string): string =>
  rib.replace(/^(\d{3})(\d{3})(\d{16})(\d{2})$/, '$1 $2 $3 $4');
