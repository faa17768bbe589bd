/** A key as people type it from one screen into another: in groups of four characters. */
export const groupsOfFour = (key: string): string => key.replaceAll(/.{4}(?=.)/g, '$& ');
