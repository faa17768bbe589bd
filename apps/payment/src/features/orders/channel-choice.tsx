import { Icon } from '../../controls/icon.tsx';
import { useLanguage } from '../../language/use-language.ts';
import { channelIcons, type Offer, valueOf } from './channels.ts';

interface ChannelChoiceProps {
  readonly offer: Offer;
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly error?: string | undefined;
}

/** Id of the first way to pay, for the summary of errors. */
export const firstChannelId = (offer: Offer): string => {
  const [first] = offer;
  return first?.channels[0] ? `channel-${first.method}-${first.channels[0]}` : 'channels';
};

/** « Choisir le moyen de paiement » (guide 004, IV): each way with what will happen, grouped by the provider. */
export function ChannelChoice({ offer, value, onChoose, error }: ChannelChoiceProps) {
  const { t } = useLanguage();
  return (
    <fieldset
      id="channels"
      className={error === undefined ? 'channels' : 'channels wrong'}
      aria-describedby={error === undefined ? undefined : 'channels-error'}
    >
      <legend>{t('checkout:channel.title')}</legend>
      {error === undefined ? null : (
        <p id="channels-error" className="field-error">
          <Icon name="alert-circle" /> {error}
        </p>
      )}
      {offer.map(({ method, channels }) => (
        <fieldset key={method} className="channels">
          <legend className="channel-method">{t(`checkout:method.${method}.long`)}</legend>
          {channels.map((channel) => {
            const own = valueOf({ method, channel });
            const id = `channel-${method}-${channel}`;
            return (
              <div key={own} className={value === own ? 'channel chosen' : 'channel'}>
                <input
                  type="radio"
                  id={id}
                  name="channel"
                  value={own}
                  checked={value === own}
                  aria-describedby={`${id}-what`}
                  onChange={() => onChoose(own)}
                />
                <label htmlFor={id}>
                  <Icon name={channelIcons[channel]} /> {t(`checkout:channel.${channel}`)}
                </label>
                <p id={`${id}-what`} className="hint">
                  {t(`checkout:channel.${channel}.what`, { provider: t(`checkout:method.${method}`) })}
                </p>
              </div>
            );
          })}
        </fieldset>
      ))}
    </fieldset>
  );
}
