import { describe, expect, it } from 'vitest';
import { isLoopbackHost, isMetadataAddress } from '../../images/registry/network-address.ts';
import { nameOfReference, parseReference, registryOf } from './image-reference.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('a reference to an image', () => {
  it.each([
    ['nginx', 'registry-1.docker.io', 'library/nginx', 'latest'],
    ['nginx:1.27', 'registry-1.docker.io', 'library/nginx', '1.27'],
    ['grafana/grafana', 'registry-1.docker.io', 'grafana/grafana', 'latest'],
    ['docker.io/nginx', 'registry-1.docker.io', 'library/nginx', 'latest'],
    ['index.docker.io/library/nginx', 'registry-1.docker.io', 'library/nginx', 'latest'],
    ['localhost/app', 'localhost', 'app', 'latest'],
    ['localhost:5000/a/b:2', 'localhost:5000', 'a/b', '2'],
    ['[::1]:5000/a', '[::1]:5000', 'a', 'latest'],
    ['GHCR.io/a/b__c.d-e', 'ghcr.io', 'a/b__c.d-e', 'latest'],
    [`1.dkr.ecr.eu-west-1.amazonaws.com/a@${DIGEST}`, '1.dkr.ecr.eu-west-1.amazonaws.com', 'a', DIGEST],
    [`r.example/a:1@${DIGEST}`, 'r.example', 'a', DIGEST],
  ])('%s names %s, %s, %s', (text, registry, repository, asked) => {
    expect(parseReference(text)).toMatchObject({ registry, repository, asked });
  });

  it.each([
    [''],
    ['r.example/'],
    ['r.example/App'],
    ['r.example/a:'],
    ['r.example/a@sha256:123'],
    [`r.example/a@md5:${'a'.repeat(32)}`],
    ['user:secret@r.example/a'],
    ['https://r.example/a'],
    ['r.example/../v2/a'],
    ['r.example/a//b'],
    ['r.example/a?x=1'],
    ['r.example/a%2fb'],
    ['r.example:99999/a'],
    ['r.exa mple/a'],
    [`r.example/${'a/'.repeat(200)}a`],
    [`${'a-'.repeat(400)}!`],
  ])('is none: %s', (text) => {
    expect(parseReference(text)).toBeNull();
  });
});

it.each([
  ['169.254.169.254', true],
  ['169.254.170.2', true],
  ['fe80::1%eth0', true],
  ['FD00:EC2::254', true],
  ['fd00:ec2::23', true],
  ['::ffff:169.254.169.254', true],
  ['::ffff:a9fe:a9fe', true],
  ['64:ff9b::a9fe:a9fe', true],
  ['169.253.1.1', false],
  ['10.0.0.1', false],
  ['fd00::1', false],
  ['example.com', false],
])('the address %s is one of instance metadata: %s', (address, isMetadata) => {
  expect(isMetadataAddress(address)).toBe(isMetadata);
});

it.each([
  ['localhost', true],
  ['registry.localhost', true],
  ['127.8.9.1', true],
  ['[::1]', true],
  ['localhost.example.com', false],
  ['10.0.0.1', false],
])('the host %s is this machine: %s', (host, isLoopback) => {
  expect(isLoopbackHost(host)).toBe(isLoopback);
});

it.each([
  ['nginx', 'docker.io/library/nginx:latest'],
  ['index.docker.io/grafana/grafana:11', 'docker.io/grafana/grafana:11'],
  ['GHCR.io/a/b', 'ghcr.io/a/b:latest'],
  [`r.example:5000/a:1@${DIGEST}`, `r.example:5000/a@${DIGEST}`],
])('%s is written %s, and means the same then', (text, name) => {
  const reference = parseReference(text);
  expect(reference === null ? null : nameOfReference(reference)).toBe(name);
  expect(parseReference(name)).toEqual(reference);
});

describe('a registry', () => {
  it.each([
    ['registry.example.com', 'registry.example.com'],
    [' https://Registry.example.com:5000/v2/ ', 'registry.example.com:5000'],
    ['localhost:5000', 'localhost:5000'],
    ['docker.io', 'registry-1.docker.io'],
    ['', null],
    ['a b', null],
    ['user:password@example.com', null],
    ['example.com:99999999', null],
  ])('named %j is %j', (text, registry) => {
    expect(registryOf(text)).toBe(registry);
  });
});
