import type { Problem } from '@rnoce/schemas';

interface Answer {
  readonly statusCode: number;
  readonly json: () => unknown;
}

/** The code of the problem that an answer is. */
export const codeOf = (answer: Pick<Answer, 'json'>): Problem['code'] => (answer.json() as Problem).code;

/** The status too: « 404 not_found ». */
export const refusalOf = (answer: Answer): string => `${String(answer.statusCode)} ${codeOf(answer)}`;
