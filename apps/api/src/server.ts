import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.ts';
import { readEnvironment } from './env.ts';
import { dropLoadingGarbage } from './loading-garbage.ts';
import { openDeps } from './process.ts';

const environment = readEnvironment();
const deps = await openDeps(environment, 'api');
deps.inspector.warm();
const app = await buildApp(deps);
dropLoadingGarbage();

closeWithGrace({ delay: 10_000, logger: deps.log }, async ({ err }) => {
  if (err) deps.log.fatal({ err }, 'the API stops on an error');
  await app.close();
  await deps.close();
});

await app.listen({ host: environment.HOST, port: environment.PORT });
