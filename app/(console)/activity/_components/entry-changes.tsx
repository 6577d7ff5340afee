import { formatCounted } from '@/components/format/format-count.ts';
import type { FieldChange } from '@/lib/core/model/activity.ts';

const CHARACTERS_SHOWN = 2_000;

/** The fields that an entry changed, before and after, and the same as lines of a record with their sign first. */
export function EntryChanges({ changes }: { readonly changes: readonly FieldChange[] }) {
  if (changes.length === 0) return null;
  return (
    <>
      <section className="panel-block">
        <h3>
          Change <span>{formatCounted(changes.length, 'field')}</span>
        </h3>
        <table className="change-table">
          <thead>
            <tr>
              <th className="w-[86px]">Field</th>
              <th className="w-[38%]">Before</th>
              <th>After</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ field, before, after }) => (
              <tr key={field}>
                <td className="text-fg-2">{field}</td>
                <td className={before === null ? 'text-fg-3' : 'text-danger'}>
                  <bdi>{before?.slice(0, CHARACTERS_SHOWN) ?? 'none'}</bdi>
                </td>
                <td className={after === null ? 'text-fg-3' : 'text-ok'}>
                  <bdi>{after?.slice(0, CHARACTERS_SHOWN) ?? 'none'}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="panel-block">
        <h3>
          Record <span className="ml-auto">JSON</span>
        </h3>
        <pre className="record-lines">
          {changes.map(({ field, before, after }) => (
            <span key={field}>
              {before === null ? null : <del>{lineOf('-', field, before)}</del>}
              {after === null ? null : <ins>{lineOf('+', field, after)}</ins>}
            </span>
          ))}
        </pre>
      </section>
    </>
  );
}

function lineOf(sign: string, field: string, value: string): string {
  return `${sign}${JSON.stringify(field)}: ${JSON.stringify(value.slice(0, CHARACTERS_SHOWN))}`;
}
