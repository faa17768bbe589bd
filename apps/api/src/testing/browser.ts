import type { InjectOptions } from 'fastify';
import type { App } from '../app.ts';

/** A browser that keeps its cookies from one request to the next, whatever their paths. */
export function testBrowser(app: App) {
  const jar = new Map<string, string>();
  return {
    jar,
    request: async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object) => {
      const options: InjectOptions = {
        method,
        url: `/api/v1${path}`,
        headers: {
          'user-agent': 'Navigateur de test',
          cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        },
        ...(body ? { payload: body } : {}),
      };
      const answer = await app.inject(options);
      for (const { name, value } of answer.cookies) {
        if (value === '') jar.delete(name);
        else jar.set(name, value);
      }
      return answer;
    },
  };
}
