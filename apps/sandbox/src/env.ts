import { z } from 'zod';

const port = (usual: number) => z.coerce.number().int().min(0).max(65_535).default(usual);

const Env = z.object({
  SANDBOX_PORT: port(3100),
  SMTP_PORT: port(3125),
  DATA_DIR: z.string().min(1).default('.data'),
  BADR_KEY: z.string().min(1).default('sandbox-badr-key'),
});
export type Env = z.infer<typeof Env>;

/** The sandbox's configuration. Throws with every fault when it can't be used. */
export const readEnv = (variables: NodeJS.ProcessEnv = process.env): Env => Env.parse(variables);
