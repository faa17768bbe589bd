import { PageTitle } from '@rnoce/ui/page-title';

/** In the place of a record that isn't there, or isn't this agent's to see. */
export function UnknownRecord({ title, detail }: { title: string; detail: string }) {
  return (
    <>
      <PageTitle title={title} />
      <p>{detail}</p>
    </>
  );
}
