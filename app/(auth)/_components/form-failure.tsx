import { CircleAlert } from 'lucide-react';

/** Why a form was refused, said aloud as soon as it appears. Empty until then, so that screen readers notice the change. */
export function FormFailure({ message }: { readonly message: string | null }) {
  return (
    <div role="alert">
      {message === null ? null : (
        <p className="flex gap-2 rounded-2 bg-danger-tint px-3 py-2 text-danger">
          <CircleAlert size={15} strokeWidth={1.6} aria-hidden="true" className="mt-0.5" />
          {message}
        </p>
      )}
    </div>
  );
}
