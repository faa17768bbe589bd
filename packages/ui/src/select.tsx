import { IconChevronDown } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import './field.css';

/** The browser's own list of choices, with our arrow: the one control that every list of a few values uses, in a form or beside one. */
export function Select(props: Omit<ComponentProps<'select'>, 'className'>) {
  return (
    <span className="rnoce-input-box">
      <select {...props} className="rnoce-input" />
      <IconChevronDown className="rnoce-icon rnoce-select-chevron" aria-hidden />
    </span>
  );
}
