import { parseCabalFreeze } from '../../core/parsers/cabal-freeze.ts';
import { parseComposerInstalled, parseComposerLock } from '../../core/parsers/composer-lock.ts';
import { parseConanLock } from '../../core/parsers/conan-lock.ts';
import { parseConanFile, parseConanInfo } from '../../core/parsers/conan-text.ts';
import { parseCondaEnvironment } from '../../core/parsers/conda-environment.ts';
import { parseCondaExplicit, parseCondaLock } from '../../core/parsers/conda-lock.ts';
import { parseCondaMeta } from '../../core/parsers/conda-meta.ts';
import { parseDotnetDeps } from '../../core/parsers/dotnet-deps.ts';
import { parseErlangApp } from '../../core/parsers/erlang-app.ts';
import { parseGemfileLock } from '../../core/parsers/gemfile-lock.ts';
import { parseGemspec } from '../../core/parsers/gemspec.ts';
import { parseGithubWorkflow } from '../../core/parsers/github-workflow.ts';
import { parseGleamManifest } from '../../core/parsers/gleam-manifest.ts';
import { parseJuliaManifest } from '../../core/parsers/julia-manifest.ts';
import { parseMixLock } from '../../core/parsers/mix-lock.ts';
import { parseNugetConfig } from '../../core/parsers/nuget-config.ts';
import { parseNugetAssets, parseNugetLock } from '../../core/parsers/nuget-lock.ts';
import { parseNugetProject } from '../../core/parsers/nuget-project.ts';
import { parsePackageResolved } from '../../core/parsers/package-resolved.ts';
import { parsePaketLock } from '../../core/parsers/paket-lock.ts';
import type { ParseResult } from '../../core/parsers/parser.ts';
import { parsePodfileLock } from '../../core/parsers/podfile-lock.ts';
import { parsePubspecLock } from '../../core/parsers/pubspec-lock.ts';
import { parseDescription } from '../../core/parsers/r-description.ts';
import { parseRebarLock } from '../../core/parsers/rebar-lock.ts';
import { parseRenvLock } from '../../core/parsers/renv-lock.ts';
import { parseStackLock, parseStackYaml } from '../../core/parsers/stack-lock.ts';
import { parsePluginHeader, parseThemeHeader, parseWordpressVersion } from '../../core/parsers/wordpress.ts';

/** A parser of texts with a small file that yields exactly one package, and how such a file grows. */
export interface PackageListSample {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  parse(text: string, path: string): ParseResult;
  /** What stands in the file once, and what stands in it for each package; none for formats of one package. */
  readonly grow?: { readonly head: string; readonly entry: (n: number) => string; readonly tail: string };
}

/** Formats of the languages besides JavaScript, Python, Java, Go and Rust. */
export const PACKAGE_LIST_SAMPLES: readonly PackageListSample[] = [
  {
    name: 'Gemfile.lock',
    path: 'Gemfile.lock',
    text: 'GEM\n  remote: https://rubygems.org/\n  specs:\n    nokogiri (1.15.0-x86_64-linux)\n      racc (~> 1.4)\n\nPLATFORMS\n  ruby\n',
    parse: parseGemfileLock,
    grow: { head: 'GEM\n  specs:\n', entry: (n) => `    gem${n} (1.0.${n})\n`, tail: '' },
  },
  {
    name: 'gemspec',
    path: 'specifications/rake-13.0.3.gemspec',
    text: '# stub: rake 13.0.3 ruby lib\n\nGem::Specification.new do |s|\n  s.name = "rake".freeze\n  s.version = "13.0.3"\nend\n',
    parse: parseGemspec,
  },
  {
    name: 'composer.lock',
    path: 'composer.lock',
    text: '{"packages":[{"name":"twig/twig","version":"v3.4.0","dist":{"type":"zip"}}],"packages-dev":[]}',
    parse: parseComposerLock,
    grow: {
      head: '{"packages":[',
      entry: (n) => `{"name":"a/b${n}","version":"v1.0.${n}"},`,
      tail: '{"name":"a/b","version":"1.0"}]}',
    },
  },
  {
    name: 'installed.json',
    path: 'vendor/composer/installed.json',
    text: '[{"name":"twig/twig","version":"v3.4.0","dist":{"type":"zip"}}]',
    parse: parseComposerInstalled,
  },
  {
    name: 'deps.json',
    path: 'app.deps.json',
    text: '{"runtimeTarget":{"name":"net8"},"targets":{"net8":{"A.B/1.0.0":{"runtime":{"lib/a.dll":{}}}}},"libraries":{"A.B/1.0.0":{"type":"package"}}}',
    parse: parseDotnetDeps,
    grow: {
      head: '{"libraries":{',
      entry: (n) => `"A${n}/1.0.${n}":{"type":"package"},`,
      tail: '"A/1.0":{"type":"package"}}}',
    },
  },
  {
    name: 'packages.lock.json',
    path: 'packages.lock.json',
    text: '{"version":1,"dependencies":{"net8.0":{"Humanizer":{"type":"Direct","resolved":"2.14.1"}}}}',
    parse: parseNugetLock,
  },
  {
    name: 'project.assets.json',
    path: 'obj/project.assets.json',
    text: '{"version":3,"libraries":{"Humanizer/2.14.1":{"type":"package"},"Own/1.0.0":{"type":"project"}}}',
    parse: parseNugetAssets,
  },
  {
    name: 'packages.config',
    path: 'packages.config',
    text: '<?xml version="1.0"?><packages><package id="Newtonsoft.Json" version="6.0.4" targetFramework="net45"/></packages>',
    parse: parseNugetConfig,
    grow: { head: '<packages>', entry: (n) => `<package id="A${n}" version="1.0.${n}"/>\n`, tail: '</packages>' },
  },
  {
    name: 'csproj',
    path: 'app.csproj',
    text: '<Project><PropertyGroup><V>1.2.3</V></PropertyGroup><ItemGroup><PackageReference Include="A" Version="$(V)"/></ItemGroup></Project>',
    parse: (text, path) => parseNugetProject(text, path, []),
    grow: {
      head: '<Project><ItemGroup>',
      entry: (n) => `<PackageReference Include="A${n}" Version="1.0.${n}"/>\n`,
      tail: '</ItemGroup></Project>',
    },
  },
  {
    name: 'paket.lock',
    path: 'paket.lock',
    text: 'NUGET\n  remote: https://api.nuget.org/v3/index.json\n    FSharp.Core (4.5.0) - restriction: >= net45\n      Other (>= 1.0)\n',
    parse: parsePaketLock,
    grow: { head: 'NUGET\n', entry: (n) => `    A${n} (1.0.${n})\n`, tail: '' },
  },
  {
    name: 'mix.lock',
    path: 'mix.lock',
    text: '%{\n  "plug": {:hex, :plug, "1.11.1", "hash", [:mix], [{:mime, "~> 1.0", [hex: :mime, repo: "hexpm"]}], "hexpm", "hash"},\n}\n',
    parse: parseMixLock,
    grow: {
      head: '%{\n',
      entry: (n) => `  "a${n}": {:hex, :a${n}, "1.0.${n}", "h", [:mix], [], "hexpm", "h"},\n`,
      tail: '}\n',
    },
  },
  {
    name: 'rebar.lock',
    path: 'rebar.lock',
    text: '{"1.2.0",\n[{<<"certifi">>,{pkg,<<"certifi">>,<<"2.9.0">>},0}]}.\n[\n{pkg_hash,[\n {<<"certifi">>, <<"6F2A">>}]}\n].\n',
    parse: parseRebarLock,
    grow: {
      head: '{"1.2.0",\n[',
      entry: (n) => `{<<"a${n}">>,{pkg,<<"a${n}">>,<<"1.0.${n}">>},0},\n`,
      tail: ']}.\n',
    },
  },
  {
    name: 'Gleam manifest',
    path: 'manifest.toml',
    text: 'packages = [\n  { name = "gleam_stdlib", version = "0.34.0", build_tools = ["gleam"], source = "hex" },\n]\n',
    parse: parseGleamManifest,
  },
  {
    name: 'Erlang application',
    path: 'lib/plug-1.11.1/ebin/plug.app',
    text: '{application, \'plug\', [\n\t{description, "Plug"},\n\t{vsn, "1.11.1"},\n\t{modules, []}\n]}.\n',
    parse: parseErlangApp,
  },
  {
    name: 'pubspec.lock',
    path: 'pubspec.lock',
    text: 'packages:\n  archive:\n    dependency: transitive\n    description:\n      name: archive\n      version: "0"\n    source: hosted\n    version: "2.0.13"\nsdks:\n  dart: ">=2.12.0 <3.0.0"\n',
    parse: parsePubspecLock,
    grow: { head: 'packages:\n', entry: (n) => `  a${n}:\n    source: hosted\n    version: "1.0.${n}"\n`, tail: '' },
  },
  {
    name: 'Package.resolved',
    path: 'Package.resolved',
    text: '{"pins":[{"identity":"swift-nio","kind":"remoteSourceControl","location":"https://github.com/apple/swift-nio.git","state":{"version":"2.65.0"}}],"version":2}',
    parse: parsePackageResolved,
  },
  {
    name: 'Podfile.lock',
    path: 'Podfile.lock',
    text: 'PODS:\n  - AppCenter/Core (4.2.0)\n\nDEPENDENCIES:\n  - AppCenter\n\nCOCOAPODS: 1.11.2\n',
    parse: parsePodfileLock,
    grow: { head: 'PODS:\n', entry: (n) => `  - A${n} (1.0.${n}):\n    - B\n`, tail: '' },
  },
  {
    name: 'stack.yaml.lock',
    path: 'stack.yaml.lock',
    text: 'packages:\n- completed:\n    hackage: HTTP-4000.3.16@sha256:6042,5947\n  original:\n    hackage: HTTP-4000.3.16\nsnapshots: []\n',
    parse: parseStackLock,
    grow: { head: 'packages:\n', entry: (n) => `- completed:\n    hackage: a-b-1.0.${n}@sha256:00,1\n`, tail: '' },
  },
  {
    name: 'stack.yaml',
    path: 'stack.yaml',
    text: 'extra-deps:\n  - stm-2.5.0.2@sha256:e4dc,2314\npackages:\n  - .\n',
    parse: parseStackYaml,
  },
  {
    name: 'cabal.project.freeze',
    path: 'cabal.project.freeze',
    text: 'constraints: any.aeson ==2.0.3.0,\n             any.base installed,\n             tls +compat -hans\nindex-state: hackage.haskell.org 2022\n',
    parse: parseCabalFreeze,
    grow: { head: 'constraints: ', entry: (n) => `any.a ==1.0.${n},\n  `, tail: '' },
  },
  {
    name: 'renv.lock',
    path: 'renv.lock',
    text: '{"R":{"Version":"4.2.3"},"Packages":{"mime":{"Package":"mime","Version":"0.7","Source":"Repository","Repository":"CRAN"}}}',
    parse: parseRenvLock,
  },
  {
    name: 'DESCRIPTION',
    path: 'usr/local/lib/R/library/mime/DESCRIPTION',
    text: 'Package: mime\nVersion: 0.7\nTitle: Map Filenames\n  to Types\nBuilt: R 4.2.3; ; 2023; unix\n',
    parse: parseDescription,
  },
  {
    name: 'conan.lock',
    path: 'conan.lock',
    text: '{"version":"0.5","requires":["zlib/1.2.13#13c9%1667396813.733"],"build_requires":[],"python_requires":[]}',
    parse: parseConanLock,
  },
  {
    name: 'conan.lock of Conan 1',
    path: 'conan.lock',
    text: '{"graph_lock":{"nodes":{"0":{"path":"conanfile.py"},"1":{"ref":"zlib/1.2.11#ffa7","context":"host"}}},"version":"0.4"}',
    parse: parseConanLock,
  },
  {
    name: 'conaninfo.txt',
    path: 'conaninfo.txt',
    text: '[settings]\n    os=Linux\n\n[full_requires]\n    boost/1.75.0:dc8aedd2\n\n[options]\n    shared=False\n',
    parse: parseConanInfo,
  },
  {
    name: 'conanfile.txt',
    path: 'conanfile.txt',
    text: '[requires]\n# why\nfmt/8.1.1@user/channel#12%%34\n\n[generators]\ncmake\n',
    parse: parseConanFile,
    grow: { head: '[requires]\n', entry: (n) => `a/1.0.${n}\n`, tail: '' },
  },
  {
    name: 'conda record',
    path: 'opt/conda/conda-meta/zlib-1.2.11-h90.json',
    text: '{"name":"zlib","version":"1.2.11","build":"h90","subdir":"linux-64","depends":[]}',
    parse: parseCondaMeta,
  },
  {
    name: 'environment.yml',
    path: 'environment.yml',
    text: 'name: x\ndependencies:\n  - blas=1.0=openblas\n  - pip\n  - pip:\n      - -r other.txt\n',
    parse: parseCondaEnvironment,
  },
  {
    name: 'conda-lock.yml',
    path: 'conda-lock.yml',
    text: 'version: 1\nmetadata:\n  platforms:\n  - linux-64\npackage:\n- name: zlib\n  version: 1.2.13\n  manager: conda\n  platform: linux-64\n  dependencies:\n    name: x\n  url: https://conda.anaconda.org/conda-forge/linux-64/zlib-1.2.13-h1_0.conda\n',
    parse: parseCondaLock,
    grow: { head: 'package:\n', entry: (n) => `- name: a${n}\n  version: 1.0.${n}\n  manager: conda\n`, tail: '' },
  },
  {
    name: 'explicit list of conda',
    path: 'conda-linux-64.lock',
    text: '# platform: linux-64\n@EXPLICIT\nhttps://conda.anaconda.org/conda-forge/linux-64/zlib-1.2.13-h1_0.conda#00ff\n',
    parse: parseCondaExplicit,
    grow: { head: '@EXPLICIT\n', entry: (n) => `https://c/linux-64/a-b-1.0.${n}-h1_0.conda\n`, tail: '' },
  },
  {
    name: 'Julia manifest',
    path: 'Manifest.toml',
    text: 'manifest_format = "2.0"\n\n[[deps.JSON]]\nuuid = "682c06a0-de6a-54ab-a142-c8b1cf79cde6"\nversion = "0.21.4"\n',
    parse: parseJuliaManifest,
  },
  {
    name: 'workflow',
    path: '.github/workflows/ci.yml',
    text: 'jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4.1.1\n      - run: |\n          uses: a/b@v1.0.0\n',
    parse: parseGithubWorkflow,
    grow: { head: 'steps:\n', entry: (n) => `  - uses: a/b@v1.0.${n}\n`, tail: '' },
  },
  {
    name: 'WordPress',
    path: 'wp-includes/version.php',
    text: "<?php\n/* $wp_version = '1.0'; */\n$wp_version = '6.1.1';\n",
    parse: parseWordpressVersion,
  },
  {
    name: 'WordPress plugin',
    path: 'wp-content/plugins/akismet/akismet.php',
    text: '<?php\n/**\n * Plugin Name: Akismet\n * Version: 5.0.1\n */\n',
    parse: parsePluginHeader,
  },
  {
    name: 'WordPress theme',
    path: 'wp-content/themes/twentytwenty/style.css',
    text: '/*\nTheme Name: Twenty Twenty\nVersion: 2.1\n*/\n',
    parse: parseThemeHeader,
  },
];
