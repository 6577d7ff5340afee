import { describe, expect, it } from 'vitest';
import { fromPurlText, readMatchQuery } from './match-query.ts';

describe('a package URL as a question', () => {
  it.each([
    ['pkg:npm/%40babel/core@7.0.0', 'npm', '@babel/core', '7.0.0'],
    ['pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1', 'Maven', 'org.apache.logging.log4j:log4j-core', '2.14.1'],
    ['pkg:golang/golang.org/x/text@0.3.7', 'Go', 'golang.org/x/text', '0.3.7'],
    ['pkg:composer/drupal/core@9.0.0', 'Packagist', 'drupal/core', '9.0.0'],
    ['pkg:githubactions/actions/checkout@3.0.0', 'GitHub Actions', 'actions/checkout', '3.0.0'],
    ['pkg:swift/github.com/apple/swift-nio@2.0.0', 'SwiftURL', 'github.com/apple/swift-nio', '2.0.0'],
    ['pkg:cargo/serde_json@1.0.0', 'crates.io', 'serde_json', '1.0.0'],
    ['pkg:deb/debian/libssl3@3.0.9-1?distro=bookworm&upstream=openssl', 'Debian:12', 'openssl', '3.0.9-1'],
    ['pkg:deb/ubuntu/passwd@4.8.1-2?distro=jammy&epoch=1&source=shadow', 'Ubuntu:22.04:LTS', 'shadow', '1:4.8.1-2'],
    ['pkg:rpm/almalinux/bash@5.1-1.el9?distro=almalinux-9.4', 'AlmaLinux:9', 'bash', '5.1-1.el9'],
    ['pkg:rpm/amazon/bash@5.1-1?distro=amzn-2023', 'Amazon Linux:2023', 'bash', '5.1-1'],
    ['pkg:apk/alpine/openssl@3.1.1-r1?distro=3.18.2', 'Alpine:v3.18', 'openssl', '3.1.1-r1'],
  ])('%s is %s %s %s', (purl, ecosystem, name, version) => {
    expect(fromPurlText(purl)).toEqual({ ecosystem, name, version });
  });

  it.each([
    ['pkg:deb/debian/openssl@3.0', 'which release'],
    ['pkg:npm/a', 'no version'],
    ['pkg:unheard/a@1', 'are not known'],
    ['nonsense', 'is not a package URL'],
  ])('%s is none: %s', (purl, words) => {
    expect(fromPurlText(purl)).toEqual({ undecidable: expect.stringContaining(words) });
  });
});

it.each(['', '[]', '{"purl":1}', '{"ecosystem":"npm"}'])('the line %j is no question', (line) => {
  expect(readMatchQuery(line)).toHaveProperty('undecidable');
});
