import { CircleCheck, CloudOff, ListFilter, type LucideIcon, ScanLine, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { RetryButton } from './retry-button.tsx';

const EMPTY_ICONS = { unknown: ScanLine, 'no-match': ListFilter, clean: CircleCheck } as const satisfies Record<
  string,
  LucideIcon
>;

interface EmptyProps {
  /** `unknown`: nothing was looked at; `no-match`: the query excludes all; `clean`: a scan proves that there is nothing. */
  readonly kind: keyof typeof EMPTY_ICONS;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

export function EmptyState({ kind, title, children, action }: EmptyProps) {
  const Icon = EMPTY_ICONS[kind];
  return (
    <div className="state-block">
      <Icon size={16} strokeWidth={1.6} aria-hidden="true" />
      <b className="font-medium">{title}</b>
      {children ? <div className="text-12 text-fg-2">{children}</div> : null}
      {action ? <div className="mt-[7px] flex flex-wrap gap-1.5">{action}</div> : null}
    </div>
  );
}

interface ErrorProps {
  /** What did not load, `Coverage did not load`. */
  readonly title: string;
  readonly message: string;
  readonly requestId?: string | null;
  readonly onRetry?: () => void;
}

export function ErrorState({ title, message, requestId = null, onRetry }: ErrorProps) {
  return (
    <div className="state-block" role="alert">
      <CloudOff size={16} strokeWidth={1.6} aria-hidden="true" />
      <b className="font-medium">{title}</b>
      <p className="text-12 text-fg-2">
        {message}
        {requestId ? (
          <>
            {' '}
            Request <code className="select-all">{requestId}</code>.
          </>
        ) : null}
      </p>
      <div className="mt-[7px]">
        <RetryButton {...(onRetry ? { onRetry } : {})} />
      </div>
    </div>
  );
}

interface PartialProps {
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** What is missing from the content below it. */
export function PartialStrip({ children, action }: PartialProps) {
  return (
    <div className="state-strip" role="status">
      <TriangleAlert size={14} strokeWidth={1.6} aria-hidden="true" />
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  );
}
