/** A value inside a sentence, in its own direction whatever that of the sentence. */
export const isolated = (text: string): string => `\u2068${text}\u2069`;
