/** A family of libraries that are published without their coordinates inside. */
interface GroupRule {
  readonly artifact: RegExp;
  /** A folder of classes that every member has; an archive without it is something else of the same name. */
  readonly folder: string;
  /** Null where it is the artifact's own name, as it was before groups were domain names. */
  readonly group: string | null;
}

/**
 * Groups of well-known libraries whose archives carry no pom.properties, since another tool than Maven built them. Source: the
 * coordinates under which Maven Central publishes each of them.
 */
const RULES: readonly GroupRule[] = [
  {
    artifact:
      /^commons-(?:beanutils|chain|cli|codec|collections|configuration|dbcp|digester|discovery|el|fileupload|httpclient|io|jexl|lang|logging|net|pool|validator)$/,
    folder: 'org/apache/commons/',
    group: null,
  },
  {
    artifact:
      /^spring-(?:aop|aspects|beans|context|context-indexer|context-support|core|expression|instrument|jcl|jdbc|jms|messaging|orm|oxm|r2dbc|test|tx|web|webflux|webmvc|webmvc-portlet|websocket)$/,
    folder: 'org/springframework/',
    group: 'org.springframework',
  },
  { artifact: /^spring-boot(?:-[a-z0-9-]+)?$/, folder: '', group: 'org.springframework.boot' },
  {
    artifact: /^spring-security-[a-z0-9-]+$/,
    folder: 'org/springframework/security/',
    group: 'org.springframework.security',
  },
  {
    artifact: /^spring-session-[a-z0-9-]+$/,
    folder: 'org/springframework/session/',
    group: 'org.springframework.session',
  },
  {
    artifact: /^spring-integration-[a-z0-9-]+$/,
    folder: 'org/springframework/integration/',
    group: 'org.springframework.integration',
  },
  { artifact: /^spring-(?:amqp|rabbit)$/, folder: 'org/springframework/amqp/', group: 'org.springframework.amqp' },
  { artifact: /^spring-kafka$/, folder: 'org/springframework/kafka/', group: 'org.springframework.kafka' },
  { artifact: /^spring-graphql$/, folder: 'org/springframework/graphql/', group: 'org.springframework.graphql' },
  { artifact: /^spring-batch-[a-z]+$/, folder: 'org/springframework/batch/', group: 'org.springframework.batch' },
  {
    artifact: /^hibernate-(?:core|entitymanager|envers|ehcache|c3p0|hikaricp|jcache)$/,
    folder: 'org/hibernate/',
    group: 'org.hibernate',
  },
  { artifact: /^kotlin-(?:stdlib|reflect|compiler)[a-z0-9-]*$/, folder: 'kotlin/', group: 'org.jetbrains.kotlin' },
  { artifact: /^okhttp$/, folder: 'okhttp3/', group: 'com.squareup.okhttp3' },
  { artifact: /^okhttp$/, folder: 'com/squareup/okhttp/', group: 'com.squareup.okhttp' },
  { artifact: /^okio(?:-jvm)?$/, folder: 'okio/', group: 'com.squareup.okio' },
  { artifact: /^retrofit$/, folder: 'retrofit2/', group: 'com.squareup.retrofit2' },
  { artifact: /^reactor-core$/, folder: 'reactor/core/', group: 'io.projectreactor' },
  { artifact: /^reactor-netty[a-z-]*$/, folder: 'reactor/netty/', group: 'io.projectreactor.netty' },
  { artifact: /^micrometer-[a-z0-9-]+$/, folder: 'io/micrometer/', group: 'io.micrometer' },
  { artifact: /^groovy(?:-all|-json|-xml|-sql)?$/, folder: 'org/codehaus/groovy/', group: 'org.codehaus.groovy' },
  { artifact: /^tomcat-embed-[a-z]+$/, folder: 'org/apache/', group: 'org.apache.tomcat.embed' },
  {
    artifact: /^tomcat-(?:catalina|coyote|jasper|servlet-api|util|websocket|juli|dbcp|jdbc)$/,
    folder: 'org/apache/',
    group: 'org.apache.tomcat',
  },
  { artifact: /^elasticsearch$/, folder: 'org/elasticsearch/', group: 'org.elasticsearch' },
  { artifact: /^opensearch$/, folder: 'org/opensearch/', group: 'org.opensearch' },
  { artifact: /^lucene-[a-z-]+$/, folder: 'org/apache/lucene/', group: 'org.apache.lucene' },
  { artifact: /^solr-(?:core|solrj)$/, folder: 'org/apache/solr/', group: 'org.apache.solr' },
  { artifact: /^kafka-clients$/, folder: 'org/apache/kafka/', group: 'org.apache.kafka' },
  { artifact: /^kafka_2\.1[0-9]$/, folder: 'kafka/', group: 'org.apache.kafka' },
  {
    artifact: /^bc(?:prov|pkix|pg|util|mail|tls)-(?:ext-)?jdk[a-z0-9]+$/,
    folder: 'org/bouncycastle/',
    group: 'org.bouncycastle',
  },
  { artifact: /^mysql-connector-java$/, folder: 'com/mysql/', group: 'mysql' },
  { artifact: /^mysql-connector-j$/, folder: 'com/mysql/', group: 'com.mysql' },
  { artifact: /^postgresql$/, folder: 'org/postgresql/', group: 'org.postgresql' },
  { artifact: /^h2$/, folder: 'org/h2/', group: 'com.h2database' },
  { artifact: /^hsqldb$/, folder: 'org/hsqldb/', group: 'org.hsqldb' },
  { artifact: /^json$/, folder: 'org/json/', group: 'org.json' },
  { artifact: /^mockito-[a-z]+$/, folder: 'org/mockito/', group: 'org.mockito' },
  { artifact: /^quartz$/, folder: 'org/quartz/', group: 'org.quartz-scheduler' },
  { artifact: /^(?:xercesImpl)$/, folder: 'org/apache/xerces/', group: 'xerces' },
  { artifact: /^ant$/, folder: 'org/apache/tools/ant/', group: 'org.apache.ant' },
  { artifact: /^protobuf-java(?:-util)?$/, folder: 'com/google/protobuf/', group: 'com.google.protobuf' },
  { artifact: /^gson$/, folder: 'com/google/gson/', group: 'com.google.code.gson' },
  { artifact: /^guava$/, folder: 'com/google/common/', group: 'com.google.guava' },
  { artifact: /^grpc-[a-z-]+$/, folder: 'io/grpc/', group: 'io.grpc' },
  { artifact: /^snakeyaml$/, folder: 'org/yaml/snakeyaml/', group: 'org.yaml' },
  { artifact: /^xstream$/, folder: 'com/thoughtworks/xstream/', group: 'com.thoughtworks.xstream' },
  { artifact: /^netty-[a-z0-9-]+$/, folder: 'io/netty/', group: 'io.netty' },
  {
    artifact: /^log4j-(?:api|core|web|jcl|jul|1\.2-api|slf4j-impl|slf4j2-impl|layout-template-json)$/,
    folder: 'org/apache/logging/',
    group: 'org.apache.logging.log4j',
  },
  { artifact: /^logback-(?:core|classic|access)$/, folder: 'ch/qos/logback/', group: 'ch.qos.logback' },
  {
    artifact: /^jackson-(?:core|databind|annotations)$/,
    folder: 'com/fasterxml/jackson/',
    group: 'com.fasterxml.jackson.core',
  },
  { artifact: /^jetty-[a-z0-9-]+$/, folder: 'org/eclipse/jetty/', group: 'org.eclipse.jetty' },
  { artifact: /^struts2-[a-z0-9-]+$/, folder: 'org/apache/', group: 'org.apache.struts' },
  {
    artifact: /^commons-(?:text|compress|lang3|configuration2|collections4|csv|math3|email)$/,
    folder: 'org/apache/commons/',
    group: 'org.apache.commons',
  },
  { artifact: /^shiro-[a-z0-9-]+$/, folder: 'org/apache/shiro/', group: 'org.apache.shiro' },
  { artifact: /^jcommander$/, folder: 'com/beust/jcommander/', group: 'com.beust' },
  { artifact: /^guice(?:-[a-z-]+)?$/, folder: 'com/google/inject/', group: 'com.google.inject' },
  { artifact: /^zookeeper$/, folder: 'org/apache/zookeeper/', group: 'org.apache.zookeeper' },
];

/** The group of a well-known library, when the archive really holds its classes. */
export function knownGroup(artifact: string, hasFolder: (folder: string) => boolean): string | null {
  const rule = RULES.find((one) => one.artifact.test(artifact) && hasFolder(one.folder));
  return rule === undefined ? null : (rule.group ?? artifact);
}
