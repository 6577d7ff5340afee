import Link from 'next/link';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main className="mx-auto max-w-[480px] p-8">
      <h1 className="title-20">Not found</h1>
      <p className="mt-2 text-fg-2">There is no page at this address.</p>
      <p className="mt-4">
        <Link href="/overview" className="text-accent hover:underline">
          Go to the overview
        </Link>
      </p>
    </main>
  );
}
