import closeWithGrace from 'close-with-grace';
import { readEnv } from './env.ts';
import { startSandbox } from './start-sandbox.ts';

const env = readEnv();
const sandbox = await startSandbox({
  httpPort: env.SANDBOX_PORT,
  smtpPort: env.SMTP_PORT,
  dataDir: env.DATA_DIR,
  badrKey: env.BADR_KEY,
  logger: true,
});
closeWithGrace({ delay: 5_000 }, async () => {
  await sandbox.stop();
});
process.stdout.write(`sandbox ready: ${sandbox.url} ${sandbox.smtpUrl}\n`);
