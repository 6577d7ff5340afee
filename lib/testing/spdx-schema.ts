import { Ajv, type ValidateFunction } from 'ajv';

const text = { type: 'string', minLength: 1 };
const id = { type: 'string', pattern: '^SPDXRef-[A-Za-z0-9.-]+$' };
const time = { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$' };
const nothing = { const: 'NOASSERTION' };

function object(required: Readonly<Record<string, object>>, optional: Readonly<Record<string, object>> = {}): object {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

const annotations = {
  type: 'array',
  items: object({
    annotationDate: time,
    annotationType: { const: 'OTHER' },
    annotator: { type: 'string', pattern: '^(Tool|Person|Organization): .' },
    comment: text,
  }),
};

/**
 * SPDX 2.3 as we write it: the clauses of the specification for the fields that we use, and no field beside them. The official
 * schema lets more pass: it knows neither how elements and times are written nor which words a version of it must have.
 */
export function spdxSchema(): ValidateFunction {
  return new Ajv({ allErrors: true }).compile(
    object({
      spdxVersion: { const: 'SPDX-2.3' },
      dataLicense: { const: 'CC0-1.0' },
      SPDXID: { const: 'SPDXRef-DOCUMENT' },
      name: text,
      documentNamespace: { type: 'string', pattern: '^https://[A-Za-z0-9./_-]+$' },
      creationInfo: object({
        created: time,
        creators: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^Tool: [^ ]+-[^ ]+$' } },
      }),
      annotations,
      packages: {
        type: 'array',
        minItems: 1,
        items: object(
          {
            name: text,
            SPDXID: id,
            downloadLocation: nothing,
            filesAnalyzed: { const: false },
            licenseConcluded: nothing,
            licenseDeclared: nothing,
            copyrightText: nothing,
            primaryPackagePurpose: { enum: ['APPLICATION', 'LIBRARY', 'CONTAINER', 'OPERATING-SYSTEM', 'OTHER'] },
          },
          {
            versionInfo: text,
            sourceInfo: text,
            annotations,
            externalRefs: {
              type: 'array',
              items: object({
                referenceCategory: { const: 'PACKAGE-MANAGER' },
                referenceType: { const: 'purl' },
                referenceLocator: { type: 'string', pattern: '^pkg:[a-z][a-z0-9.-]*/[^ ]+$' },
              }),
            },
          },
        ),
      },
      relationships: {
        type: 'array',
        items: object({
          spdxElementId: id,
          relationshipType: { enum: ['DESCRIBES', 'CONTAINS'] },
          relatedSpdxElement: id,
        }),
      },
    }),
  );
}
