import { X } from 'lucide-react';
import Link from 'next/link';

/** Leads to the page without its panel. */
export function PanelClose({ href }: { readonly href: string }) {
  return (
    <Link
      href={href}
      className="btn"
      data-kind="ghost"
      data-shape="icon"
      aria-label="Close"
      prefetch={false}
      scroll={false}
    >
      <X size={15} strokeWidth={1.6} aria-hidden="true" />
    </Link>
  );
}
