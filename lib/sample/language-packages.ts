/** A package of a language with the version that the estate starts from. */
export interface SampleLanguagePackage {
  readonly name: string;
  readonly version: string;
}

/** Published npm packages that the applications of the sample use, by application kind. */
export const SAMPLE_NPM = {
  server: packages(
    'express@4.18.2 lodash@4.17.15 axios@0.21.1 follow-redirects@1.14.1 semver@7.3.5 ws@7.4.3 minimist@1.2.5 debug@4.3.4 cors@2.8.5',
  ),
  site: packages(
    'next@14.2.3 react@18.3.1 react-dom@18.3.1 ansi-regex@5.0.0 node-fetch@2.6.1 nanoid@3.3.7 handlebars@4.7.6',
  ),
  worker: packages(
    'async@3.2.0 moment@2.29.1 tar@6.1.0 shell-quote@1.7.2 node-forge@1.2.1 lodash@4.17.19 dotenv@16.4.5',
  ),
} as const satisfies Record<string, readonly SampleLanguagePackage[]>;

/** Published PyPI packages that the applications of the sample use, by application kind. */
export const SAMPLE_PYPI = {
  site: packages('django@3.2.12 sqlparse@0.4.2 pillow@8.4.0 asgiref@3.5.0 pytz@2022.1 gunicorn@22.0.0'),
  api: packages('flask@2.0.3 werkzeug@2.0.3 jinja2@3.0.3 click@8.1.3 itsdangerous@2.1.2 pyyaml@5.3.1'),
  worker: packages(
    'requests@2.27.1 urllib3@1.26.9 certifi@2022.12.7 idna@3.3 aiohttp@3.8.1 cryptography@36.0.2 setuptools@58.1.0',
  ),
} as const satisfies Record<string, readonly SampleLanguagePackage[]>;

function packages(text: string): readonly SampleLanguagePackage[] {
  return text.split(' ').map((entry) => {
    const at = entry.lastIndexOf('@');
    return { name: entry.slice(0, at), version: entry.slice(at + 1) };
  });
}
