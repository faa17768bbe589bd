import type { Locale } from '@rnoce/i18n';
import { translate } from '@rnoce/i18n/translate';
import { type Html, html } from '../landing/html.ts';
import { problemEntries } from './openapi-document.ts';

/** Places where an answer puts a number or a name. */
const withoutParams = (sentence: string): string => sentence.replaceAll(/\{\{\s*\w+\s*\}\}/g, '…');

/** The page that every problem's `type` leads to: each code with its status and its sentences. */
export const problemsContent = (
  locale: Locale,
): Html => html`<h1>${translate(locale, 'landing:problems.title')}</h1>
<p>${translate(locale, 'landing:problems.text')}</p>
<p><a href="/api/docs">${translate(locale, 'landing:problems.back')}</a></p>
<dl class="problems">
${problemEntries.map(
  ([code, status]) => html`<div id="${code}">
<dt><code dir="ltr">${status} ${code}</code> ${translate(locale, `errors:problem.${code}.title`)}</dt>
<dd>${withoutParams(translate(locale, `errors:problem.${code}.detail`))}</dd>
</div>`,
)}
</dl>`;
