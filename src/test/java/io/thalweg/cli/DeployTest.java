package io.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.thalweg.node.Configuration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of {@code deploy/} against the program that they deploy. */
class DeployTest {
  private static final Path DEPLOY = Path.of("deploy");
  private static final Path BASE = DEPLOY.resolve("kubernetes/base");
  private static final Path EXAMPLE = DEPLOY.resolve("kubernetes/overlays/example");
  private static final Pattern VARIABLE = Pattern.compile("\\bTHALWEG_[A-Z_]+\\b");
  private static final Config DEFAULTS = ConfigFactory.defaultReference();

  private static final int GRPC = DEFAULTS.getInt("thalweg.grpc.port");
  private static final int REMOTING = DEFAULTS.getInt("thalweg.cluster.port");
  private static final int MANAGEMENT = DEFAULTS.getInt("thalweg.management.port");

  /** Read by the launcher and the commands. */
  private static final Set<String> BESIDE_SETTINGS =
      Set.of("THALWEG_CONFIG", "THALWEG_HEAP", "THALWEG_JAVA_OPTS");

  static Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(DEPLOY)) {
      return all.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyVariableIsOneThatTheProgramReads(Path file) throws IOException {
    Set<String> known = new TreeSet<>(BESIDE_SETTINGS);
    known.addAll(variables(reference()));
    assertThat(variables(Files.readString(file))).isSubsetOf(known);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy/kubernetes/base", "deploy/kubernetes/overlays/example"})
  void theStreamsAreAccepted(Path folder) throws Exception {
    Configuration.check(Configuration.load(Optional.of(folder.resolve("thalweg.conf"))));
  }

  @Test
  void containersListenWhereTheProgramDoes() throws IOException {
    assertThat(ports(container()))
        .containsEntry("grpc", GRPC)
        .containsEntry("remoting", REMOTING)
        .containsEntry("management", MANAGEMENT)
        .hasSize(3);
    for (JsonNode service : documents(BASE.resolve("services.yaml"))) {
      for (JsonNode port : service.at("/spec/ports")) {
        assertThat(port.path("port").asInt())
            .isEqualTo(ports(container()).get(port.path("targetPort").asText()));
      }
    }
    assertThat(dockerfile()).contains("EXPOSE %d %d %d\n".formatted(GRPC, REMOTING, MANAGEMENT));
    assertThat(Files.readString(DEPLOY.resolve("docker/healthcheck")))
        .contains("${THALWEG_MANAGEMENT_PORT:-" + MANAGEMENT + "}");
  }

  @Test
  void nodesOfTheComposeFileFindEachOther() throws IOException {
    JsonNode services = compose().path("services");
    List<String> seeds = new ArrayList<>();
    services
        .properties()
        .forEach(
            service -> {
              JsonNode environment = service.getValue().path("environment");
              if (environment.has("THALWEG_CLUSTER_HOST")) {
                String host = environment.path("THALWEG_CLUSTER_HOST").asText();
                assertThat(host)
                    .isEqualTo(service.getKey())
                    .isEqualTo(service.getValue().path("hostname").asText());
                seeds.add(host + ":" + REMOTING);
                assertThat(service.getValue().at("/ports/0").asText()).endsWith(":" + GRPC);
              }
            });
    assertThat(seeds).hasSize(3);
    assertThat(compose().at("/x-environment/THALWEG_SEED_NODES").asText())
        .isEqualTo(String.join(",", seeds));
  }

  @Test
  void podsFindEachOtherByTheirLabel() throws IOException {
    assertThat(pod().at("/metadata/labels/app").asText())
        .isEqualTo(variable(container(), "THALWEG_CLUSTER_SERVICE"));
    assertMajority(
        deployment().at("/spec/replicas").asInt(),
        variable(container(), "THALWEG_CLUSTER_NODES_MIN"));
    JsonNode size = documents(EXAMPLE.resolve("size.yaml")).getFirst();
    assertMajority(
        documents(EXAMPLE.resolve("kustomization.yaml")).getFirst().at("/replicas/0/count").asInt(),
        variable(size.at("/spec/template/spec/containers/0"), "THALWEG_CLUSTER_NODES_MIN"));
  }

  @Test
  void probesAskWhatTheManagementPortAnswers() throws IOException {
    JsonNode container = container();
    assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/ready");
    assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/alive");
    assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/alive");
    for (String probe : List.of("readiness", "liveness", "startup")) {
      assertThat(container.at("/" + probe + "Probe/httpGet/port").asText()).isEqualTo("management");
    }
    Config management = DEFAULTS.getConfig("pekko.management.health-checks");
    assertThat("/" + management.getString("readiness-path")).isEqualTo("/ready");
    assertThat("/" + management.getString("liveness-path")).isEqualTo("/alive");
  }

  @Test
  void everyoneWaitsLongerThanTheProgramTakesToStop() throws IOException {
    long programs = OrderlyStop.PATIENCE.toSeconds();
    assertThat(pod().at("/spec/terminationGracePeriodSeconds").asLong()).isGreaterThan(programs);
    assertThat(seconds(compose().at("/x-node/stop_grace_period").asText())).isGreaterThan(programs);
    assertThat(seconds(setting("TimeoutStopSec"))).isGreaterThan(programs);
  }

  @Test
  void nothingRunsAsRootOrWritesToItsRoot() throws IOException {
    JsonNode pod = pod().path("spec");
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10001);
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    JsonNode security = container().path("securityContext");
    assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");

    assertThat(dockerfile()).contains("USER 10001:10001\n");
    for (JsonNode service : List.of(compose().path("x-node"), compose().at("/services/postgres"))) {
      assertThat(service.path("read_only").asBoolean()).isTrue();
      assertThat(service.at("/cap_drop/0").asText()).isEqualTo("ALL");
      assertThat(service.at("/security_opt/0").asText()).isEqualTo("no-new-privileges:true");
    }
    assertThat(setting("NoNewPrivileges")).isEqualTo("yes");
    assertThat(setting("ProtectSystem")).isEqualTo("strict");
    assertThat(setting("DynamicUser")).isEqualTo("yes");
  }

  @Test
  void versionsAreTheProgramsOwn() throws IOException {
    String version = version();
    assertThat(container().path("image").asText()).isEqualTo("thalweg:" + version);
    assertThat(compose().at("/x-node/image").asText()).isEqualTo("thalweg:" + version);
    assertThat(compose().at("/x-environment/THALWEG_APP_VERSION").asText()).isEqualTo(version);
    for (Path kustomization : List.of(BASE, EXAMPLE)) {
      assertThat(Files.readString(kustomization.resolve("kustomization.yaml")))
          .contains("app.kubernetes.io/version: " + version + "\n");
    }
  }

  private static void assertMajority(int replicas, String nodesMin) {
    assertThat(Integer.parseInt(nodesMin)).isEqualTo(replicas / 2 + 1);
  }

  private static Set<String> variables(String text) {
    return VARIABLE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static String reference() throws IOException {
    try (InputStream in = Configuration.class.getResourceAsStream("/reference.conf")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The first version of the pom is the project's own. */
  private static String version() throws IOException {
    return Pattern.compile("<version>(.*?)(-SNAPSHOT)?</version>")
        .matcher(Files.readString(Path.of("pom.xml")))
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private static String dockerfile() throws IOException {
    return Files.readString(DEPLOY.resolve("docker/Dockerfile"));
  }

  private static JsonNode compose() throws IOException {
    return documents(DEPLOY.resolve("docker/compose.yaml")).getFirst();
  }

  private static JsonNode deployment() throws IOException {
    return documents(BASE.resolve("deployment.yaml")).getFirst();
  }

  private static JsonNode pod() throws IOException {
    return deployment().at("/spec/template");
  }

  private static JsonNode container() throws IOException {
    return pod().at("/spec/containers/0");
  }

  private static Map<String, Integer> ports(JsonNode container) {
    Map<String, Integer> ports = new TreeMap<>();
    container
        .path("ports")
        .forEach(p -> ports.put(p.path("name").asText(), p.path("containerPort").asInt()));
    return ports;
  }

  private static String variable(JsonNode container, String name) {
    for (JsonNode variable : container.path("env")) {
      if (variable.path("name").asText().equals(name)) {
        return variable.path("value").asText();
      }
    }
    throw new AssertionError("the container has no " + name);
  }

  private static long seconds(String duration) {
    assertThat(duration).matches("[0-9]+s");
    return Long.parseLong(duration.substring(0, duration.length() - 1));
  }

  /** Of the systemd unit. */
  private static String setting(String name) throws IOException {
    return Files.readAllLines(DEPLOY.resolve("systemd/thalweg.service")).stream()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> documents(Path file) throws IOException {
    YAMLMapper mapper = new YAMLMapper();
    try (var documents = mapper.readerFor(JsonNode.class).readValues(file.toFile())) {
      List<JsonNode> all = new ArrayList<>();
      documents.forEachRemaining(document -> all.add((JsonNode) document));
      return all;
    }
  }
}
