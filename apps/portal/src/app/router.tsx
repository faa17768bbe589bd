import { createBrowserRouter } from 'react-router';
import { RootLayout, RouteFault } from './root-layout.tsx';

/**
 * Every screen is loaded when it is first visited. A screen's module exports `Component`, and `loader` when it warms the
 * query that the screen reads.
 */
export const router = createBrowserRouter(
  [
    {
      element: <RootLayout />,
      errorElement: <RouteFault />,
      hydrateFallbackElement: <span />,
      children: [
        {
          errorElement: <RouteFault />,
          children: [
            { index: true, lazy: () => import('../features/home/home-screen.tsx') },
            { path: '*', lazy: () => import('../features/not-found/not-found-screen.tsx') },
          ],
        },
      ],
    },
  ],
  { basename: '/espace-prive' },
);
