import { and, desc, eq } from 'drizzle-orm';
import { emails } from '../db/schema/emails.ts';
import type { TestApp } from './app.ts';

/** The secret of the link that was mailed last to an agent; the e-mail hasn't left, or it would be gone from here. */
export async function mailedInvitation({ deps }: TestApp, to: string): Promise<string> {
  const [email] = await deps.database
    .select({ data: emails.data })
    .from(emails)
    .where(and(eq(emails.to, to), eq(emails.template, 'agent_invitation')))
    .orderBy(desc(emails.id))
    .limit(1);
  const [, token] = /^\/agents\/invitation#([\w-]{43})$/.exec(String(email?.data.path)) ?? [];
  if (token === undefined) throw new Error(`no link was mailed to ${to}`);
  return token;
}
