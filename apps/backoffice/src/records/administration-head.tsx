import { Button } from '@mantine/core';
import { PageTitle } from '@rnoce/ui/page-title';
import { IconPlus } from '@tabler/icons-react';
import { Link, type To } from 'react-router';
import { AdministrationNav } from './administration-nav.tsx';
import '../lists/lists.css';

/** Above a list of the administration: its sister lists, its title, and the way to a new record of it. */
export function AdministrationHead({
  title,
  add: { to, label, Icon = IconPlus },
}: {
  title: string;
  add: { readonly to: To; readonly label: string; readonly Icon?: typeof IconPlus };
}) {
  return (
    <>
      <AdministrationNav />
      <div className="backoffice-queue-head">
        <PageTitle title={title} />
        <Button component={Link} to={to} leftSection={<Icon className="rnoce-icon" aria-hidden />}>
          {label}
        </Button>
      </div>
    </>
  );
}
