// Stands in for the package `server-only` when tests run outside of Next.js.
export {};
