/** Every zone that the browser knows, with UTC first; the one that is kept is among them whatever it is. */
export function zoneChoices(own: string): readonly { readonly value: string; readonly label: string }[] {
  const names = new Set(['UTC', own, ...Intl.supportedValuesOf('timeZone')]);
  return [...names].map((name) => ({ value: name, label: name }));
}
