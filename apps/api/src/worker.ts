import closeWithGrace from 'close-with-grace';
import { readEnvironment } from './env.ts';
import { createSmtpMailer } from './integrations/mail/smtp-mailer.ts';
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
dropLoadingGarbage();
deps.log.info('the worker is ready');

closeWithGrace({ delay: 15_000, logger: deps.log }, async ({ err }) => {
  if (err) deps.log.fatal({ err }, 'the worker stops on an error');
  await worker.stop();
  mailer.close();
  await deps.close();
});
