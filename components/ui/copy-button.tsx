'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';

interface Props {
  /** Or how to make it when it is copied: an address is known in the browser alone. */
  readonly text: string | (() => string);
  readonly label: string;
}

export function CopyButton({ text, label }: Props) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <button
      type="button"
      aria-label={label}
      className="hit flex items-center gap-1 text-12 text-fg-3 hover:text-fg"
      onClick={() =>
        void navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(() => setCopied(true))
      }
    >
      {copied ? <Check size={14} strokeWidth={1.6} className="text-ok" /> : <Copy size={14} strokeWidth={1.6} />}
      <span aria-live="polite" className="text-ok">
        {copied ? 'Copied' : ''}
      </span>
    </button>
  );
}
