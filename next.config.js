// Headers of every page and API answer. Scripts need 'unsafe-inline' because Next.js streams its data as inline scripts
// and a nonce would make every page dynamic at the proxy; everything else is same-origin only.
const securityHeaders = [
  {
    key: 'Content-Security-Policy',
    value: [
      "default-src 'self'",
      `script-src 'self' 'unsafe-inline'${process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''}`,
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "object-src 'none'",
    ].join('; '),
  },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()' },
];

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: [
    // It looks for optional packages of its own, which are not there.
    '@cyclonedx/cyclonedx-library',
    'pg',
    'pg-boss',
    '@prisma/adapter-pg',
    '@prisma/client',
    '@node-rs/argon2',
    'nodemailer',
    'pino',
    'yauzl',
  ],
  // `npm test` checks the types of the whole tree; a start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: '/:path*', headers: [{ key: 'X-Content-Type-Options', value: 'nosniff' }] },
    // The files of the build are no documents; a kilobyte of policy with each of them would only be weight.
    { source: '/((?!_next/static/).*)', headers: securityHeaders },
  ],
};
