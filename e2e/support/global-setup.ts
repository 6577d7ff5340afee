import { startServer } from './server.ts';

/** One server for all journeys. Its address travels to the tests through the environment of their processes. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const server = await startServer();
  process.env.HARRIER_E2E_URL = server.url;
  process.env.HARRIER_E2E_LINK = server.setUpLink;
  return () => server.stop();
}
