/**
 * The points of the form as they are typed; what is no number goes on as text, for the operation to refuse it. Names of
 * fields are paths, `reach.internet`; an environment has its name in one field and its points in another.
 */
export function termsOfForm(form: FormData): object {
  const terms: Record<string, unknown> = {};
  const epss: unknown[] = [];
  for (const [name, value] of form) {
    const [group = '', key] = name.split('.');
    if (group === 'environmentName' || group === 'environmentPoints') continue;
    if (key === undefined) terms[group] = numberOf(value);
    else if (group === 'epss') epss[Number(key)] = numberOf(value);
    else terms[group] = { ...(terms[group] as object), [key]: numberOf(value) };
  }
  const points = form.getAll('environmentPoints').map(numberOf);
  const environments = form.getAll('environmentName').map((name, at) => [String(name).trim(), points[at]] as const);
  return { ...terms, epss, environments: environments.filter(([name]) => name !== '') };
}

/** A true minus counts as one; nothing typed is no number. */
function numberOf(value: FormDataEntryValue): number | string {
  const text = String(value).trim().replace('−', '-').replace(',', '.');
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
