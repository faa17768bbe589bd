import { webhookTimeoutMs } from '@rnoce/schemas';
import closeWithGrace from 'close-with-grace';
import { readEnvironment } from './env.ts';
import { createDispatcher } from './features/webhooks/dispatcher.ts';
import { listenToWebhooks } from './features/webhooks/listen.ts';
import { createSmtpMailer } from './integrations/mail/smtp-mailer.ts';
import { createWebhookCaller } from './integrations/webhook/webhook-caller.ts';
import { givenUpHandlers, jobHandlers } from './jobs/handlers.ts';
import { workOnJobs } from './jobs/queue.ts';
import { dropLoadingGarbage } from './loading-garbage.ts';
import { openDeps } from './process.ts';

const environment = readEnvironment();
const deps = await openDeps(environment, 'worker');
const mailer = createSmtpMailer({ url: environment.SMTP_URL, from: environment.MAIL_FROM });
const worker = await workOnJobs(
  {
    url: environment.DATABASE_URL,
    onError: (error) => {
      deps.log.error({ err: error }, 'job queue');
    },
  },
  jobHandlers(deps, mailer),
  givenUpHandlers(deps),
);
const dispatcher = createDispatcher(
  deps,
  createWebhookCaller({
    timeoutMs: webhookTimeoutMs,
    localAddresses: environment.WEBHOOK_LOCAL_ADDRESSES,
  }),
);
const notices = listenToWebhooks({
  url: environment.DATABASE_URL,
  onNotice: dispatcher.wake,
  onLost: (error) => {
    deps.log.warn({ err: error }, 'webhooks are only polled for: their connection was lost');
  },
});
const dispatching = dispatcher.run();
dropLoadingGarbage();
deps.log.info('the worker is ready');

closeWithGrace({ delay: 15_000, logger: deps.log }, async ({ err }) => {
  if (err) deps.log.fatal({ err }, 'the worker stops on an error');
  await notices.close();
  await Promise.all([worker.stop(), dispatcher.stop(), dispatching]);
  mailer.close();
  await deps.close();
});
