import { type Issue, minAgentPasswordLength } from '@rnoce/schemas';
import type { Deps } from '../../deps.ts';
import { passwordIssues } from '../accounts/password-strength.ts';

/** What is wrong with a password that an agent chooses: what is of any, and fewer characters than agents' have. */
export const agentPasswordIssues = (
  { environment }: Pick<Deps, 'environment'>,
  { name, email }: { readonly name: string; readonly email: string },
  password: string,
): Issue[] =>
  passwordIssues(password, {
    minLength: Math.max(minAgentPasswordLength, environment.PASSWORD_MIN_LENGTH),
    owner: { email, legalName: name },
    pointer: '/password',
  });
