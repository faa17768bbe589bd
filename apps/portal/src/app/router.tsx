import { loadContracts } from '@rnoce/i18n/contracts';
import { loadInvoices } from '@rnoce/i18n/invoices';
import { loadOperations } from '@rnoce/i18n/operations';
import { loadPasswords } from '@rnoce/i18n/passwords';
import { loadPrograms } from '@rnoce/i18n/programs';
import { loadReference } from '@rnoce/i18n/reference';
import { loadSubscriptions } from '@rnoce/i18n/subscriptions';
import { loadThread } from '@rnoce/i18n/thread';
import { loadWizard } from '@rnoce/i18n/wizard';
import { customsRequestTypes } from '@rnoce/schemas/customs-account';
import { RouteFault } from '@rnoce/shell/route-fault';
import { LoadingState } from '@rnoce/ui/states';
import { createBrowserRouter } from 'react-router';
import { operationSlugs } from '../paths.ts';
import { requireSession } from '../session/guard.ts';
import { i18n } from './languages.ts';
import { RootLayout } from './root-layout.tsx';

/** A screen where a password is chosen, with what is said of its strength. */
const withPasswords = <Screen,>(screen: Promise<Screen>) => i18n.withMessages(loadPasswords, screen);

/**
 * Every screen is loaded when it is first visited. A screen's module exports `Component`, and `loader` when it warms the
 * query that the screen reads. What only some screens say comes beside them: `i18n.withMessages`.
 * `handle: { wide: true }` gives a screen the whole width: the space's panel becomes a menu.
 */
export const router = createBrowserRouter(
  [
    {
      element: <RootLayout />,
      errorElement: <RouteFault />,
      children: [
        {
          errorElement: <RouteFault />,
          // The frame stands around it from the start: on a slow network nobody looks at a blank page.
          hydrateFallbackElement: <LoadingState />,
          children: [
            { path: 'connexion', lazy: () => import('../features/sessions/sign-in-screen.tsx') },
            {
              lazy: () => import('@rnoce/shell/data-layout'),
              children: [
                { path: 'inscription', lazy: () => import('../features/accounts/sign-up-screen.tsx') },
                {
                  path: 'registre/creer-mot-de-passe/:token?',
                  lazy: () => withPasswords(import('../features/accounts/choose-password-screen.tsx')),
                },
                {
                  path: 'mot-de-passe-oublie',
                  lazy: () => import('../features/accounts/forgotten-password-screen.tsx'),
                },
                {
                  path: 'contrat/:code?',
                  lazy: () =>
                    i18n.withMessages(
                      loadContracts,
                      import('../features/contracts/contract-check-screen.tsx'),
                    ),
                },
                {
                  middleware: [requireSession],
                  // Without a loader the middleware would not run for screens that have none.
                  loader: () => null,
                  lazy: () =>
                    i18n.withMessages(
                      loadReference,
                      i18n.withMessages(loadSubscriptions, import('./private-space.tsx')),
                    ),
                  children: [
                    {
                      errorElement: <RouteFault />,
                      children: [
                        { index: true, lazy: () => import('../features/subscriptions/first-screen.ts') },
                        {
                          lazy: () => import('./subscription-tabs.tsx'),
                          children: [
                            {
                              path: 'nouvelle-souscription',
                              lazy: () => import('../features/subscriptions/authorities-screen.tsx'),
                            },
                            {
                              path: 'demandes',
                              lazy: () =>
                                i18n.withMessages(
                                  loadOperations,
                                  import('../features/subscriptions/subscriptions-screen.tsx'),
                                ),
                            },
                          ],
                        },
                        {
                          path: 'nouvelle-souscription/verification',
                          lazy: () => import('../features/subscriptions/verification-screen.tsx'),
                        },
                        {
                          path: 'nouvelle-souscription/verification/:id',
                          lazy: () => import('../features/subscriptions/outcome-screen.tsx'),
                        },
                        {
                          path: 'demandes/:id',
                          handle: { wide: true },
                          lazy: () =>
                            i18n.withMessages(
                              loadThread,
                              i18n.withMessages(
                                loadContracts,
                                import('../features/subscriptions/summary-screen.tsx'),
                              ),
                            ),
                        },
                        {
                          path: 'demandes/:id/:step',
                          handle: { wide: true },
                          lazy: () =>
                            i18n.withMessages(
                              loadContracts,
                              i18n.withMessages(loadWizard, import('../features/wizard/wizard-screen.tsx')),
                            ),
                        },
                        ...customsRequestTypes.map((type) => ({
                          path: `operations/${operationSlugs[type]}`,
                          handle: { wide: true },
                          lazy: async () => {
                            const screen = import('../features/operations/operation-screen.tsx');
                            const { operationRoute } = await i18n.withMessages(
                              loadOperations,
                              i18n.withMessages(loadWizard, screen),
                            );
                            return operationRoute(type);
                          },
                        })),
                        {
                          path: 'operations/:id',
                          lazy: () =>
                            i18n.withMessages(
                              loadOperations,
                              i18n.withMessages(
                                loadWizard,
                                import('../features/operations/request-screen.tsx'),
                              ),
                            ),
                        },
                        {
                          path: 'mes-factures',
                          lazy: () =>
                            i18n.withMessages(
                              loadInvoices,
                              import('../features/invoices/invoices-screen.tsx'),
                            ),
                        },
                        {
                          path: 'mot-de-passe',
                          lazy: () =>
                            withPasswords(import('../features/accounts/change-password-screen.tsx')),
                        },
                        {
                          path: 'mes-informations',
                          lazy: () =>
                            i18n.withMessages(
                              loadPrograms,
                              import('../features/accounts/information-screen.tsx'),
                            ),
                        },
                      ],
                    },
                  ],
                },
              ],
            },
            {
              path: 'conditions',
              lazy: () => i18n.withMessages(loadWizard, import('../features/wizard/terms-screen.tsx')),
            },
            { path: '*', lazy: () => import('@rnoce/shell/not-found-screen') },
          ],
        },
      ],
    },
  ],
  { basename: '/espace-prive' },
);
