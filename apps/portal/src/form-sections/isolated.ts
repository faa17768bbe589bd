/** A text whose own direction doesn't disturb the sentence that it stands in: a code or a name, in Arabic say. */
export const isolated = (text: string): string => `\u2068${text}\u2069`;
