import { languagePackage } from './language-package.ts';
import { excerpt, found, noPackage, unreadable } from './parse-result.ts';
import type { ParseResult } from './parser.ts';
import { textParser } from './text-parser.ts';

/**
 * Applications of Erlang that are installed, as releases of Elixir and Erlang carry them: `ebin/<name>.app`. An application
 * is nearly always named as its package in Hex. The file is a term of the language, read by its text.
 */
export const erlangApp = textParser({
  id: 'hex/erlang-app',
  wants: (path) => /(?:^|\/)ebin\/[^/]+\.app$/.test(path) && !OTP_PLACE.test(path),
  bytesMax: 4 * 1024 * 1024,
  parse: parseErlangApp,
});

const OTP_PLACE = /(?:^|\/)(?:erlang|elixir)\/lib\//;
/** Applications of Erlang/OTP and of Elixir itself: no package of Hex. */
const OTP: ReadonlySet<string> = new Set(
  (
    'asn1 common_test compiler crypto debugger dialyzer diameter edoc eldap erl_docgen erl_interface erts et eunit ftp inets ' +
    'jinterface kernel megaco mnesia observer odbc os_mon parsetools public_key reltool runtime_tools sasl snmp ssh ssl ' +
    'stdlib syntax_tools tftp tools wx xmerl eex elixir ex_unit iex logger mix'
  ).split(' '),
);
const NAME = /\{\s*application\s*,\s*'?([a-z][A-Za-z0-9_@]{0,200})'?\s*,/;
const VERSION = /\{\s*vsn\s*,\s*"([^"\n]{1,256})"\s*\}/;

export function parseErlangApp(text: string, path: string): ParseResult {
  const name = NAME.exec(text)?.[1];
  const version = VERSION.exec(text)?.[1];
  if (name === undefined || version === undefined) {
    return unreadable(path, 'The file has no readable name and version of an application.');
  }
  if (OTP.has(name)) {
    return noPackage(path, `${excerpt(name)} is a part of Erlang or Elixir itself, of which Hex knows nothing.`);
  }
  const fields = { ecosystem: 'hex', name, version, packageManager: 'OTHER', path, confidence: 'medium' } as const;
  const pkg = languagePackage(fields);
  return pkg === null ? unreadable(path, 'The application has no readable version.') : found([pkg]);
}
