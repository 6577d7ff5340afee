import { startIdentityProvider } from './identity-provider.ts';
import { startServer } from './server.ts';

/** One server for all journeys. Its address travels to the tests through the environment of their processes. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const provider = await startIdentityProvider();
  const server = await startServer({
    HARRIER_OIDC_ISSUER: provider.issuer,
    HARRIER_OIDC_CLIENT_ID: provider.clientId,
    HARRIER_OIDC_CLIENT_SECRET: provider.clientSecret,
    HARRIER_OIDC_NAME: 'Example Login',
  });
  process.env.HARRIER_E2E_URL = server.url;
  process.env.HARRIER_E2E_LINK = server.setUpLink;
  return async () => {
    await server.stop();
    await provider.stop();
  };
}
