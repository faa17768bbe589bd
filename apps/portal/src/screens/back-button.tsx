import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, type To } from 'react-router';

/** The way back, beside the acts of a page. */
export function BackButton({ to, children }: { to: To; children: ReactNode }) {
  return (
    <Button
      component={Link}
      to={to}
      variant="outline"
      leftSection={<IconArrowLeft className="rnoce-icon rnoce-mirror" aria-hidden />}
    >
      {children}
    </Button>
  );
}
