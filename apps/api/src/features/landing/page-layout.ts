import { dir, type Locale, languageNames, locales } from '@rnoce/i18n';
import { translate } from '@rnoce/i18n/translate';
import { type Html, html } from './html.ts';

export interface PageFrame {
  readonly locale: Locale;
  readonly title: string;
  /** Address of the style sheet, with its version. */
  readonly stylesheet: string;
  /** Path of the page, for the links that change its language. */
  readonly path: string;
}

const languageLink = (choice: Locale, { locale, path }: PageFrame): Html => html`<li>
  <a href="${path}?lang=${choice}" lang="${choice}" hreflang="${choice}"${choice === locale ? html` aria-current="true"` : ''}>${languageNames[choice]}</a>
</li>`;

/** A page of the API's own, whole: header with the languages, content, footer. It needs no script. */
export function renderPage(frame: PageFrame, main: Html): string {
  const { locale, title, stylesheet } = frame;
  const t = (key: Parameters<typeof translate>[1]) => translate(locale, key);
  return html`<!doctype html>
<html lang="${locale}" dir="${dir(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${t('landing:page.description')}">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#141c2e">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${stylesheet}">
<title>${title}</title>
</head>
<body>
<a class="skip" href="#content">${t('landing:header.skip')}</a>
<header>
<div class="inner">
<p class="name"><a class="wordmark" href="/">RNOCE</a> <span>${t('landing:header.subtitle')}</span></p>
<nav aria-label="${t('landing:header.languages')}"><ul class="languages">${locales.map((choice) => languageLink(choice, frame))}</ul></nav>
</div>
</header>
<main id="content" tabindex="-1">
${main}
</main>
<footer>
<div class="inner">
<p>${t('landing:page.title')}</p>
<p><a href="/api/docs">${t('landing:footer.api')}</a></p>
</div>
</footer>
</body>
</html>
`.text;
}
