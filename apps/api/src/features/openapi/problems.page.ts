import type { Locale } from '@rnoce/i18n';
import { translate } from '@rnoce/i18n/translate';
import { type ProblemCode, problemStatuses, type Route } from '@rnoce/schemas';
import { allRoutes } from '@rnoce/schemas/routes';
import { problemsPath } from '../../plugins/problems.ts';
import { problemsOf } from '../../plugins/route-problems.ts';
import { type Html, html } from '../landing/html.ts';
import { isAdvised, repeatOf } from './problem-advice.ts';
import { problemEntries, problemExample } from './problem-examples.ts';

/** Places where an answer puts a number or a name. */
const withoutParams = (sentence: string): string => sentence.replaceAll(/\{\{\s*\w+\s*\}\}/g, '…');

/** What a sentence quotes of the interface: marked as code, which also keeps its signs in place among Arabic words. */
const quoted = /[«“]\s?([\x20-\x7e…]+?)\s?[»”]/u;
const withCode = (sentence: string): Html[] =>
  sentence
    .split(quoted)
    .map((part, index) => (index % 2 === 1 ? html`<code dir="ltr">${part}</code>` : html`${part}`));

/** The routes that answer each problem, found once. */
let answering: ReadonlyMap<ProblemCode, readonly Route[]> | undefined;
function routesAnswering(code: ProblemCode): readonly Route[] {
  if (!answering) {
    const found = new Map<ProblemCode, Route[]>();
    for (const route of allRoutes)
      for (const each of [...problemsOf(route).values()].flat())
        found.set(each, [...(found.get(each) ?? []), route]);
    answering = found;
  }
  return answering.get(code) ?? [];
}

/** More of them than this are folded. */
const listedRoutes = 12;

function operations(code: ProblemCode, locale: Locale): Html {
  const routes = routesAnswering(code);
  if (routes.length === 0) return html`<p>${translate(locale, 'landing:problems.before')}</p>`;
  if (routes.length === allRoutes.length)
    return html`<p>${translate(locale, 'landing:problems.everywhere')}</p>`;
  const list = html`<ul class="operations" dir="ltr">
${routes.map(({ method, path }) => html`<li><code>${method} /api/v1${path.replaceAll(/:(\w+)/g, '{$1}')}</code></li>`)}
</ul>`;
  if (routes.length <= listedRoutes) return list;
  const count = translate(locale, 'landing:problems.count', { count: routes.length });
  return html`<details><summary>${count}</summary>${list}</details>`;
}

/** The page that a problem's `type` leads to: what it means, what to do about it, which operations answer it, and how it looks. */
export function problemContent(code: ProblemCode, locale: Locale): Html {
  const detail = withoutParams(translate(locale, `errors:problem.${code}.detail`));
  const advice = isAdvised(code)
    ? html`<p>${withCode(translate(locale, `landing:problems.do.${code}`))}</p>`
    : '';
  return html`<p class="back"><a href="${problemsPath}">${translate(locale, 'landing:problems.all')}</a></p>
<h1>${translate(locale, `errors:problem.${code}.title`)}</h1>
<p><code dir="ltr">${problemStatuses[code]} ${code}</code></p>
<div class="problem">
<section><h2>${translate(locale, 'landing:problems.meaning')}</h2>
<p>${detail}</p></section>
<section><h2>${translate(locale, 'landing:problems.todo')}</h2>
${advice}
<p>${withCode(translate(locale, `landing:problems.repeat.${repeatOf(code)}`))}</p></section>
<section><h2>${translate(locale, 'landing:problems.operations')}</h2>
${operations(code, locale)}</section>
<section><h2 id="example">${translate(locale, 'landing:problems.example')}</h2>
<pre dir="ltr" tabindex="0" aria-labelledby="example"><code>${JSON.stringify(problemExample(code, locale), null, 2)}</code></pre></section>
</div>
<p><a href="/api/docs">${translate(locale, 'landing:problems.back')}</a></p>`;
}

/** Every problem with its status and its sentence, each leading to its page; `unknown`: the address named none. */
export const problemsContent = (
  locale: Locale,
  unknown = false,
): Html => html`<h1>${translate(locale, 'landing:problems.title')}</h1>
${unknown ? html`<p role="status">${translate(locale, 'landing:problems.unknown')}</p>` : ''}
<p>${translate(locale, 'landing:problems.text')}</p>
<p><a href="/api/docs">${translate(locale, 'landing:problems.back')}</a></p>
<dl class="problems">
${problemEntries.map(
  ([code, status]) => html`<div id="${code}">
<dt><code dir="ltr">${status} ${code}</code> <a href="${problemsPath}/${code}">${translate(locale, `errors:problem.${code}.title`)}</a></dt>
<dd>${withoutParams(translate(locale, `errors:problem.${code}.detail`))}</dd>
</div>`,
)}
</dl>`;
