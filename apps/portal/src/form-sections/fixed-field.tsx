import { FieldFrame, useField } from '@rnoce/ui/field';
import type { Choice } from '@rnoce/ui/select-field';
import type { ReactNode } from 'react';

/** A choice made earlier: readable, reachable by keyboard, not changed here. */
export function FixedField({
  options,
  ...props
}: {
  name: string;
  label: string;
  options: readonly Choice[];
  help?: ReactNode;
}) {
  const { id, ids, text, error, controlProps } = useField(props);
  return (
    <FieldFrame id={id} ids={ids} error={error} {...props}>
      <input
        {...controlProps}
        readOnly
        value={options.find(({ value }) => value === text)?.label ?? text}
        className="rnoce-input"
        dir="auto"
      />
    </FieldFrame>
  );
}
