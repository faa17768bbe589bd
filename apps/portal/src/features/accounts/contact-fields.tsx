import { useT } from '@rnoce/ui/i18n';
import { TextField } from '@rnoce/ui/text-field';
import { PhoneField } from '../../forms/phone-field.tsx';

interface Contact {
  phone: string;
  address: string;
}

/** The account's postal address, given at the sign-up and changed later. */
export function AddressField() {
  const t = useT();
  return (
    <TextField<Contact>
      name="address"
      label={t('portal:sign-up.address')}
      required
      autoComplete="street-address"
      maxLength={500}
    />
  );
}

/** The account's phone, given at the sign-up and changed later. */
export function AccountPhoneField() {
  const t = useT();
  return (
    <PhoneField<Contact>
      name="phone"
      label={t('portal:sign-up.phone')}
      help={t('portal:phone.help')}
      required
    />
  );
}
