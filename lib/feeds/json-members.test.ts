import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonMembers } from './json-members.ts';

async function* pieces(text: string, length: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

async function membersOf(text: string, depth: number, length = 7): Promise<readonly (readonly [string, unknown])[]> {
  const found: [string, unknown][] = [];
  for await (const member of jsonMembers(pieces(text, length), depth)) {
    found.push([member.path.join(' / '), JSON.parse(member.text)]);
  }
  return found;
}

describe('members of a JSON object', () => {
  it('are cut out whole, wherever the text is cut', async () => {
    const inner = fc.dictionary(fc.string(), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.oneof(inner, fc.string(), fc.integer())),
        fc.nat(60),
        fc.constantFrom(undefined, 2),
        async (document, length, indent) => {
          const text = JSON.stringify(document, null, indent);
          const plain = JSON.parse(text) as Record<string, unknown>;
          const expected = Object.entries(plain).flatMap(([outer, value]) =>
            typeof value === 'object' && value !== null
              ? Object.entries(value).map(([name, each]) => [`${outer} / ${name}`, each])
              : [[outer, value]],
          );

          expect(await membersOf(text, 2, length + 1)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['nothing', '', 'it is empty'],
    ['a word', 'invalid', 'it is not a JSON object'],
    ['a list', '[1]', 'it is not a JSON object'],
    ['a name without a colon', '{"a" 1}', 'it is not a JSON object'],
    ['a bare name', '{a:1}', 'it is not a JSON object'],
    ['a half', '{"a":{"b":{"c":1}', 'it ends in the middle of a record'],
    ['half a text', '{"a":{"b":"c', 'it ends in the middle of a record'],
    ['a name without end', `{"${'a'.repeat(20_000)}`, 'it is not a JSON object'],
    ['a text without end', `{"a":"${'b'.repeat(2_000_000)}`, 'one of its values is longer'],
    ['an object without end', `{"a":{"b":{"c":"${'d'.repeat(5 * 1024 * 1024)}`, 'one of its records is longer'],
  ])('of %s are refused', async (_what, text, sentence) => {
    await expect(membersOf(text, 2, 65_536)).rejects.toThrow(sentence);
  });

  it('of a document without end in depth are refused in bounded time', async () => {
    await expect(membersOf('{"a":'.repeat(1_000_000), 2, 65_536)).rejects.toThrow(/longer than/);
  });
});
