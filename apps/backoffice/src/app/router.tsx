import { loadAdministration } from '@rnoce/i18n/administration';
import { loadContracts } from '@rnoce/i18n/contracts';
import { loadFinance } from '@rnoce/i18n/finance';
import { loadIntegrators } from '@rnoce/i18n/integrators';
import { loadInvitation } from '@rnoce/i18n/invitation';
import { loadOperationsDesk } from '@rnoce/i18n/operations-desk';
import { loadPasswords } from '@rnoce/i18n/passwords';
import { loadReference } from '@rnoce/i18n/reference';
import { loadThread } from '@rnoce/i18n/thread';
import { leadOn } from '@rnoce/shell/lead-on';
import { RouteFault } from '@rnoce/shell/route-fault';
import { LoadingState } from '@rnoce/ui/states';
import { createBrowserRouter } from 'react-router';
import { paths } from '../paths.ts';
import {
  leadChosenOn,
  leadToOwnWork,
  requireAdministrator,
  requireCustoms,
  requireOwnPassword,
  requireSession,
} from '../session/guard.ts';
import { i18n, withDesk } from './languages.ts';
import { RootLayout } from './root-layout.tsx';

/** A screen of the payments with what only those screens say. */
const withFinance = <Screen,>(screen: Promise<Screen>) => i18n.withMessages(loadFinance, screen);

/** A screen of the administration, with what only those screens say. */
const withAdministration = <Screen,>(screen: Promise<Screen>) =>
  i18n.withMessages(loadAdministration, screen);

/** A screen of the integrators, with what it says besides. */
const withIntegrators = <Screen,>(screen: Promise<Screen>) =>
  i18n.withMessages(loadIntegrators, withAdministration(screen));

/** A screen of the operations on customs accounts, with what only those screens say. */
const withOperations = <Screen,>(screen: Promise<Screen>) => i18n.withMessages(loadOperationsDesk, screen);

/** A screen where a password is chosen, with what is said of its strength. */
const withPasswords = <Screen,>(screen: Promise<Screen>) => i18n.withMessages(loadPasswords, screen);

/** The screen of an invitation, which stands before the sign-in, with what only it says. */
const withInvitation = <Screen,>(screen: Promise<Screen>) =>
  i18n.withMessages(loadReference, i18n.withMessages(loadInvitation, withPasswords(screen)));

/** The screen of a dossier with what is said of its messages and its contract. */
const withExchanges = <Screen,>(screen: Promise<Screen>) =>
  i18n.withMessages(loadThread, i18n.withMessages(loadContracts, screen));

/**
 * Every screen is loaded when it is first visited. A screen's module exports `Component`, and `loader` when it warms the
 * query that the screen reads. What only the screens behind the sign-in say comes beside them: `i18n.withMessages`.
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
                {
                  path: 'invitation',
                  lazy: () => withInvitation(import('../features/invitations/invitation-screen.tsx')),
                },
              ],
            },
            {
              middleware: [requireSession],
              // Without a loader the middleware would not run for screens that have none.
              loader: () => null,
              lazy: () => withDesk(import('@rnoce/shell/data-layout')),
              children: [
                {
                  errorElement: <RouteFault />,
                  children: [
                    {
                      path: 'mot-de-passe',
                      loader: leadChosenOn,
                      lazy: () => withPasswords(import('../features/account/choose-password-screen.tsx')),
                    },
                    {
                      middleware: [requireOwnPassword],
                      loader: () => null,
                      children: [
                        {
                          path: 'mon-compte',
                          lazy: () => withPasswords(import('../features/account/account-screen.tsx')),
                        },
                        {
                          middleware: [leadToOwnWork],
                          loader: () => null,
                          children: [
                            { index: true, lazy: () => import('../features/filings/queue-screen.tsx') },
                            {
                              path: 'tableau-de-bord',
                              lazy: () => import('../features/filings/dashboard-screen.tsx'),
                            },
                            {
                              path: 'operations',
                              middleware: [requireCustoms],
                              // Without a loader the middleware would not run for screens that have none.
                              loader: () => null,
                              children: [
                                {
                                  index: true,
                                  lazy: () =>
                                    withOperations(import('../features/operations/operations-screen.tsx')),
                                },
                                {
                                  path: ':id',
                                  handle: { wide: true },
                                  lazy: () =>
                                    withOperations(import('../features/operations/operation-screen.tsx')),
                                },
                              ],
                            },
                            {
                              path: 'dossiers/:id',
                              handle: { wide: true },
                              lazy: () => withExchanges(import('../features/filings/dossier-screen.tsx')),
                            },
                          ],
                        },
                        {
                          path: 'administration',
                          middleware: [requireAdministrator],
                          // Without a loader the middleware would not run for screens that have none.
                          loader: () => null,
                          children: [
                            { index: true, loader: ({ request }) => leadOn(request, paths.agents) },
                            {
                              path: 'agents',
                              children: [
                                {
                                  index: true,
                                  lazy: () =>
                                    withAdministration(
                                      import('../features/administration/agents-screen.tsx'),
                                    ),
                                },
                                {
                                  path: 'nouveau',
                                  lazy: () =>
                                    withAdministration(
                                      import('../features/administration/invite-agent-screen.tsx'),
                                    ),
                                },
                                {
                                  path: ':id',
                                  lazy: () =>
                                    withAdministration(import('../features/administration/agent-screen.tsx')),
                                },
                              ],
                            },
                            {
                              path: 'emetteurs',
                              children: [
                                {
                                  index: true,
                                  lazy: () =>
                                    withAdministration(
                                      import('../features/administration/issuers-screen.tsx'),
                                    ),
                                },
                                {
                                  path: 'nouveau',
                                  // « NOUVEAU » may be an issuer's code.
                                  caseSensitive: true,
                                  lazy: () =>
                                    withAdministration(
                                      import('../features/administration/new-issuer-screen.tsx'),
                                    ),
                                },
                                {
                                  path: ':code',
                                  lazy: () =>
                                    withAdministration(
                                      import('../features/administration/issuer-screen.tsx'),
                                    ),
                                },
                              ],
                            },
                            {
                              path: 'integrateurs',
                              children: [
                                {
                                  index: true,
                                  lazy: () =>
                                    withIntegrators(import('../features/integrators/integrators-screen.tsx')),
                                },
                                {
                                  path: 'nouveau',
                                  lazy: () =>
                                    withIntegrators(
                                      import('../features/integrators/new-integrator-screen.tsx'),
                                    ),
                                },
                                {
                                  path: ':id',
                                  lazy: () =>
                                    withIntegrators(import('../features/integrators/integrator-screen.tsx')),
                                },
                                {
                                  path: ':id/reception/:endpointId',
                                  lazy: () =>
                                    withIntegrators(import('../features/integrators/journal-screen.tsx')),
                                },
                                {
                                  path: ':id/reception/:endpointId/envois/:deliveryId',
                                  lazy: () =>
                                    withIntegrators(import('../features/integrators/delivery-screen.tsx')),
                                },
                              ],
                            },
                          ],
                        },
                        {
                          path: 'paiements',
                          children: [
                            {
                              index: true,
                              handle: { wide: true },
                              lazy: () => withFinance(import('../features/finance/orders-screen.tsx')),
                            },
                            {
                              path: 'commandes/:id',
                              handle: { wide: true },
                              lazy: () => withFinance(import('../features/finance/order-screen.tsx')),
                            },
                            {
                              path: 'remboursements',
                              lazy: () => withFinance(import('../features/finance/refunds-screen.tsx')),
                            },
                            {
                              path: 'anomalies',
                              lazy: () => withFinance(import('../features/finance/anomalies-screen.tsx')),
                            },
                            {
                              path: 'fichiers',
                              lazy: () => withFinance(import('../features/finance/files-screen.tsx')),
                            },
                            {
                              path: 'fichiers/:id',
                              lazy: () => withFinance(import('../features/finance/file-screen.tsx')),
                            },
                          ],
                        },
                      ],
                    },
                  ],
                },
              ],
            },
            { path: '*', lazy: () => import('@rnoce/shell/not-found-screen') },
          ],
        },
      ],
    },
  ],
  { basename: '/agents' },
);
