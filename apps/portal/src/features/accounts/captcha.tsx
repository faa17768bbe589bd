import altchaUrl from 'altcha?url';
import { useLocale, useT } from '@rnoce/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import type { AltchaWidgetElement } from 'altcha';
import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { configurationQuery } from '../../api/queries.ts';
import './captcha.css';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'altcha-widget': DetailedHTMLProps<HTMLAttributes<AltchaWidgetElement>, AltchaWidgetElement> & {
        challenge: string;
        auto: 'onload';
        language: string;
        configuration: string;
      };
    }
  }
}

export interface CaptchaHandle {
  /** The solution, waiting for the widget and for it as long as they take; undefined when none could be found: asked again, all is tried again. */
  readonly solve: () => Promise<string | undefined>;
  /** Forgets a solution that the server has refused or used. */
  readonly renew: () => void;
}

/** The widget on the page: whether its first computation has begun, and until when it is there. */
interface Widget {
  readonly element: AltchaWidgetElement;
  begun: boolean;
  readonly gone: AbortController;
}

/** A module that failed to come fails for as long as the page lives (HTML, « fetch a single module script »): another address brings it. */
const loadAgain = (time: number): Promise<unknown> =>
  import(/* @vite-ignore */ `${altchaUrl}?${String(time)}`);
const loadWidget = (again: number): Promise<unknown> =>
  again === 0 ? import('altcha').catch(() => loadAgain(again)) : loadAgain(again);

/** What stands for a solution where the installation asks for none. */
const noCaptcha = 'none';

/**
 * The proof that a person fills in the form (ALTCHA, a computation made by the browser; nothing of a third party). It is loaded and
 * begins by itself when `started`, and is usually done before the form is.
 */
export function Captcha({ handle, started }: { handle: RefObject<CaptchaHandle | null>; started: boolean }) {
  const t = useT();
  const { locale } = useLocale();
  const { data: configuration } = useQuery(configurationQuery);
  const needed = configuration === undefined || configuration.captcha === 'altcha';
  const [ready, setReady] = useState(false);
  const [again, setAgain] = useState(0);
  const widget = useRef<Widget>(null);
  /** The widget once it is there; undefined when it can't be loaded. */
  const arrival = useRef<PromiseWithResolvers<Widget | undefined>>(null);
  const failed = useRef(false);

  useEffect(() => {
    if (!started || !needed) return;
    let current = true;
    const load = async () => {
      await loadWidget(again);
      globalThis.$altcha.i18n.set(locale, {
        ...globalThis.$altcha.i18n.get('en'),
        error: t('portal:captcha.error'),
        expired: t('portal:captcha.expired'),
        label: t('portal:captcha.label'),
        verificationRequired: t('portal:captcha.required'),
        verified: t('portal:captcha.verified'),
        verifying: t('portal:captcha.verifying'),
        waitAlert: t('portal:captcha.verifying'),
      });
      if (current) setReady(true);
    };
    // Whoever waits for the widget is told, and the next one who asks loads it again.
    void load().catch(() => {
      failed.current = true;
      arrival.current?.resolve(undefined);
      arrival.current = null;
    });
    return () => {
      current = false;
    };
  }, [started, needed, again, locale, t]);

  const solve = async (): Promise<string | undefined> => {
    if (!needed) return noCaptcha;
    if (widget.current) return await solutionOf(widget.current);
    arrival.current ??= Promise.withResolvers();
    if (failed.current) setAgain((before) => before + 1);
    failed.current = false;
    const arrived = await arrival.current.promise;
    return arrived && (await solutionOf(arrived));
  };

  useImperativeHandle(handle, () => ({
    solve,
    renew: () => widget.current?.element.reset(),
  }));

  return (
    <div className="portal-captcha" data-hidden={!needed || undefined}>
      {ready && needed ? (
        <altcha-widget
          key={locale}
          ref={(element) => {
            if (!element) return;
            const mounted = { element, begun: false, gone: new AbortController() };
            element.addEventListener('statechange', () => {
              mounted.begun = true;
            });
            widget.current = mounted;
            arrival.current?.resolve(mounted);
            return () => {
              mounted.gone.abort();
              widget.current = null;
            };
          }}
          challenge="/api/v1/captcha"
          auto="onload"
          language={locale}
          configuration={JSON.stringify({
            hideFooter: true,
            hideLogo: true,
            humanInteractionSignature: false,
          })}
        />
      ) : null}
    </div>
  );
}

/** The widget's state in its own words: its type is an enum that only exists in its declarations. */
const stateOf = ({ element }: Widget): string => element.getState();

/**
 * Waits for a computation under way or about to begin by itself, and starts one that failed or expired. Two at once would end each other:
 * the widget takes the first for failed.
 */
async function solutionOf(widget: Widget): Promise<string | undefined> {
  const { element, begun, gone } = widget;
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const listening = new AbortController();
  const { signal } = listening;
  gone.signal.addEventListener('abort', () => resolve(undefined), { signal });
  element.addEventListener(
    'statechange',
    (event) => {
      const { state, payload } = (event as CustomEvent<{ state: string; payload: string | null }>).detail;
      if (state === 'verified') resolve(payload ?? undefined);
      else if (state === 'error') resolve(undefined);
    },
    { signal },
  );
  const known = element.querySelector<HTMLInputElement>('input[type="hidden"]')?.value;
  if (stateOf(widget) === 'verified' && known) resolve(known);
  else if (begun && stateOf(widget) !== 'verifying') void element.verify();
  const solution = await promise;
  listening.abort();
  return solution;
}
