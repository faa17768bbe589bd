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
  /** The solution, waiting for it as long as it takes; undefined when none could be found. */
  readonly solve: () => Promise<string | undefined>;
  /** Forgets a solution that the server has refused or used. */
  readonly renew: () => void;
}

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
  const widget = useRef<AltchaWidgetElement>(null);

  useEffect(() => {
    if (!started || !needed) return;
    let current = true;
    const load = async () => {
      await import('altcha');
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
    // Without the widget the form says so when it is sent.
    void load().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [started, needed, locale, t]);

  useImperativeHandle(handle, () => ({
    solve: () => (needed ? solutionOf(widget.current) : Promise.resolve(noCaptcha)),
    renew: () => widget.current?.reset(),
  }));

  return (
    <div className="portal-captcha" data-hidden={!needed || undefined}>
      {ready && needed ? (
        <altcha-widget
          key={locale}
          ref={widget}
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
const stateOf = (widget: AltchaWidgetElement): string => widget.getState();

/** Waits for a computation under way, and starts one that failed, expired or never began. */
async function solutionOf(widget: AltchaWidgetElement | null): Promise<string | undefined> {
  if (!widget) return undefined;
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const listening = new AbortController();
  widget.addEventListener(
    'statechange',
    (event) => {
      const { state, payload } = (event as CustomEvent<{ state: string; payload: string | null }>).detail;
      if (state === 'verified') resolve(payload ?? undefined);
      else if (state === 'error') resolve(undefined);
    },
    { signal: listening.signal },
  );
  const known = widget.querySelector<HTMLInputElement>('input[type="hidden"]')?.value;
  if (stateOf(widget) === 'verified' && known) resolve(known);
  else if (stateOf(widget) !== 'verifying') void widget.verify();
  const solution = await promise;
  listening.abort();
  return solution;
}
